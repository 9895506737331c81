import { useEffect, useState } from 'react'
import { useLanguage } from '../i18n/language.tsx'
import { useAnnounce } from './Announcer.tsx'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'

interface CopyProps {
  readonly text: string
  readonly what: string
  /** What stands on the button, where that is not just `Copy`. */
  readonly shows?: string
}

/** Puts a text on the clipboard; `what` names it for those who hear the page. */
export function CopyButton({ text, what, shows }: CopyProps) {
  const { t } = useLanguage()
  const announce = useAnnounce()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    const done = await toClipboard(text)
    setCopied(done)
    announce(done ? t.copy.done(what) : t.copy.failed)
  }
  return (
    <Button look="plain" className="copy" aria-label={shows ?? t.copy.what(what)} onClick={() => void copy()}>
      <Icon name={copied ? 'ok' : 'copy'} />
      {shows ?? (copied ? t.copy.copied : t.copy.copy)}
    </Button>
  )
}

/** A value to paste elsewhere. */
export function CopyValue({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div className="copy-value">
      <span className="copy-label">{label}</span>
      <code className="copy-text">{text}</code>
      <CopyButton text={text} what={label} />
    </div>
  )
}

/** The clipboard is there on secure addresses only; a selection that is copied works on the others. */
async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.className = 'unseen'
    const parent = document.activeElement?.parentElement ?? document.body
    parent.append(area)
    const before = document.activeElement
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    if (before instanceof HTMLElement) before.focus()
    return done
  }
}
