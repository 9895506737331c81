import { useLocation } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'

interface Props {
  readonly title: string
  /** What stands before the title: the way back. */
  readonly back?: ReactNode
  readonly says?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

let shownPath: string | undefined

/** A page with its heading, which takes the focus when the page is gone to, so that those who hear it know where they are. */
export function Page({ title, back, says, actions, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { pathname } = useLocation()
  useEffect(() => {
    document.title = `${title} · Optimaite SCIM`
  }, [title])
  useEffect(() => {
    if (shownPath !== undefined && shownPath !== pathname) heading.current?.focus()
    shownPath = pathname
  }, [pathname])
  return (
    <div className="page">
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
