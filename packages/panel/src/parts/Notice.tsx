import type { ReactNode } from 'react'
import type { Tone } from './Badge.tsx'

interface Props {
  readonly tone: Tone
  readonly title?: ReactNode
  readonly children?: ReactNode
}

export function Notice({ tone, title, children }: Props) {
  return (
    <div className={`notice notice-${tone}`}>
      {title !== undefined && <p className="notice-title">{title}</p>}
      {children}
    </div>
  )
}
