import type { ReactNode } from 'react'
import { Brand } from './Brand.tsx'
import { Looks } from './Looks.tsx'
import { SkipLink } from './SkipLink.tsx'

/** The frame of pages that need no sign-in. */
export function Alone({ wide = false, children }: { readonly wide?: boolean; readonly children: ReactNode }) {
  return (
    <div className="shell">
      <SkipLink />
      <header className="bar">
        <span className="bar-brand">
          <Brand />
        </span>
        <div className="bar-end">
          <Looks />
        </div>
      </header>
      <main id="main" tabIndex={-1} className={wide ? 'alone alone-wide' : 'alone'}>
        {children}
      </main>
    </div>
  )
}
