import { useEffect, useState } from 'react'

/** The secret after `#`, which is taken out of the address, and so out of the browser's history, as soon as it is read. */
export function useFragment(): string {
  const [secret] = useState(() => decodeURIComponent(location.hash.replace(/^#/, '')))
  useEffect(() => {
    if (location.hash !== '') history.replaceState(history.state, '', location.pathname + location.search)
  }, [])
  return secret
}
