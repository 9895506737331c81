import { useState } from 'react'

/**
 * Tokens that were issued on this page, by workspace and provider. They live as long as the page is not loaded anew: long
 * enough to look something up elsewhere in the panel, and in no storage.
 */
const issued = new Map<string, string>()

export function useFreshToken(workspace: string, provider: string): [string | undefined, (text: string) => void] {
  const key = `${workspace} ${provider}`
  const [token, setToken] = useState(issued.get(key))
  const keep = (text: string) => {
    issued.set(key, text)
    setToken(text)
  }
  return [token, keep]
}
