import { CopyButton } from './Copy.tsx'

/** A piece of text to read or copy as it is. */
export function Code({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <figure className="code">
      <figcaption>
        {label}
        <CopyButton text={text} what={label} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </figure>
  )
}
