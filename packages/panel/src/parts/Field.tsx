import { type ComponentProps, type ReactNode, useId } from 'react'

interface Labelled {
  readonly label: string
  readonly hint?: ReactNode
}

export function TextField({ label, hint, ...rest }: Labelled & ComponentProps<'input'>) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} aria-describedby={hint === undefined ? undefined : `${id}-hint`} {...rest} />
      <Hint id={id} hint={hint} />
    </div>
  )
}

export function TextArea({ label, hint, ...rest }: Labelled & ComponentProps<'textarea'>) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} rows={6} aria-describedby={hint === undefined ? undefined : `${id}-hint`} {...rest} />
      <Hint id={id} hint={hint} />
    </div>
  )
}

export interface Choice {
  readonly value: string
  readonly label: string
}

interface ChoiceProps extends Labelled, Omit<ComponentProps<'select'>, 'onChange'> {
  readonly choices: readonly Choice[]
  readonly onChoose: (value: string) => void
}

export function ChoiceField({ label, hint, choices, onChoose, ...rest }: ChoiceProps) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChoose(event.target.value)}
        {...rest}
      >
        {choices.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      <Hint id={id} hint={hint} />
    </div>
  )
}

export function CheckField({ label, hint, ...rest }: Labelled & ComponentProps<'input'>) {
  const id = useId()
  return (
    <div className="field field-check">
      <input id={id} type="checkbox" aria-describedby={hint === undefined ? undefined : `${id}-hint`} {...rest} />
      <label htmlFor={id}>{label}</label>
      <Hint id={id} hint={hint} />
    </div>
  )
}

function Hint({ id, hint }: { readonly id: string; readonly hint: ReactNode }) {
  if (hint === undefined) return null
  return (
    <p className="field-hint" id={`${id}-hint`}>
      {hint}
    </p>
  )
}
