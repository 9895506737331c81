import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'

const SHOWN = 4_000
const Context = createContext<(text: string) => void>(() => {})

/** Says what has been done, on the screen for a moment and to screen readers. */
export function Announcer({ children }: { readonly children: ReactNode }) {
  const [said, setSaid] = useState<{ readonly text: string; readonly turn: number }>()
  const announce = useCallback((text: string) => setSaid((last) => ({ text, turn: (last?.turn ?? 0) + 1 })), [])
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(undefined), SHOWN)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <Context value={announce}>
      {children}
      <div className="announcer" role="status" aria-live="polite">
        {said && (
          <p key={said.turn} className="announcement">
            {said.text}
          </p>
        )}
      </div>
    </Context>
  )
}

export function useAnnounce(): (text: string) => void {
  return useContext(Context)
}
