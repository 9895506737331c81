import { useEffect, useRef, useState } from 'react'
import { Icon } from './Icon.tsx'

const PAUSE = 250

interface Props {
  readonly label: string
  readonly value: string
  /** Called once the typing has paused. */
  readonly onSearch: (text: string) => void
}

export function Search({ label, value, onSearch }: Props) {
  const [text, setText] = useState(value)
  const sent = useRef(value)
  const search = useRef(onSearch)
  search.current = onSearch
  useEffect(() => {
    if (value === sent.current) return
    sent.current = value
    setText(value)
  }, [value])
  useEffect(() => {
    if (text === sent.current) return
    const timer = setTimeout(() => {
      sent.current = text
      search.current(text)
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <div className="search">
      <Icon name="search" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  )
}
