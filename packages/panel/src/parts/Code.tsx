import { CopyButton } from './Copy.tsx'

/** A piece of text to read or copy as it is: whole, as what scrolls by itself would have to be reached by the keyboard. */
export function Code({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <figure className="code">
      <figcaption>
        {label}
        <CopyButton text={text} what={label} />
      </figcaption>
      <pre>
        <code>{text}</code>
      </pre>
    </figure>
  )
}
