import { useMatch } from '@tanstack/react-router'
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

interface Props {
  readonly title: string
  /** What stands before the title: the way back. */
  readonly back?: ReactNode
  readonly says?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page with its heading, which takes the focus when the page is gone to, so that those who hear it know where they are. */
export function Page({ title, back, says, actions, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  const page = useRef<HTMLDivElement>(null)
  useEffect(() => {
    document.title = `${title} · Optimaite SCIM`
  }, [title])
  useArrival(page, heading)
  return (
    <div ref={page} className="page">
      <header className="page-head">
        <div className="page-title">
          {back}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {says !== undefined && <p className="page-says">{says}</p>}
        </div>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  )
}

export function Section({ title, says, children }: { title: string; says?: ReactNode; children: ReactNode }) {
  return (
    <section className="section" aria-label={title}>
      <h2>{title}</h2>
      {says !== undefined && <p className="section-says">{says}</p>}
      {children}
    </section>
  )
}

let shownPath: string | undefined
/** The page before took the focus with it, as when its data came and another took its place. */
let focusGone = false

/** The address changes while the page before is still there: what counts is the route that a page stands in. */
function useArrival(page: RefObject<HTMLElement | null>, heading: RefObject<HTMLElement | null>): void {
  const path = useMatch({ strict: false, shouldThrow: false, select: ({ pathname }) => pathname })
  useLayoutEffect(() => {
    const element = page.current
    return () => {
      focusGone = element?.contains(document.activeElement) === true
    }
  }, [page])
  useEffect(() => {
    if (path === undefined) return
    const isNew = shownPath !== undefined && shownPath !== path
    if (isNew || (focusGone && document.activeElement === document.body)) heading.current?.focus()
    shownPath = path
    focusGone = false
  }, [path, heading])
}
