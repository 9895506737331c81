import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'

export type Tone = 'ok' | 'bad' | 'warn' | 'idle' | 'wait'

const ICONS: Record<Tone, IconName> = { ok: 'ok', bad: 'bad', warn: 'warn', idle: 'idle', wait: 'wait' }

/** A state in words, with a sign beside the colour. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={`badge badge-${tone}`}>
      <Icon name={ICONS[tone]} />
      {children}
    </span>
  )
}
