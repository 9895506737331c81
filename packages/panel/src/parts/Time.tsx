import { useEffect, useState } from 'react'
import { useLanguage } from '../i18n/language.tsx'

const TURN = 10_000

/** A moment as people say it, which goes on with the clock; the exact one is in its title. */
export function Ago({ at }: { readonly at: string }) {
  const { format } = useLanguage()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TURN)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={at} title={format.moment(at)}>
      {format.relative(at, Math.max(now, Date.now() - TURN))}
    </time>
  )
}

export function At({ at }: { readonly at: string }) {
  const { format } = useLanguage()
  return (
    <time dateTime={at} className="number">
      {format.moment(at)}
    </time>
  )
}

export function Day({ at }: { readonly at: string }) {
  const { format } = useLanguage()
  return (
    <time dateTime={at} title={format.moment(at)}>
      {format.day(at)}
    </time>
  )
}
