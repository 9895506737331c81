import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { session } from '../../api/session.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { Failure } from '../../parts/Failure.tsx'
import { TextField } from '../../parts/Field.tsx'

interface Props {
  readonly onEntered: () => Promise<void>
  readonly onBack: () => void
}

/** The second factor: a code from an app, or one of those that were written down. */
export function CodeForm({ onEntered, onBack }: Props) {
  const { t } = useLanguage()
  const [code, setCode] = useState('')
  const [written, setWritten] = useState(false)
  const verify = useMutation({
    mutationFn: () => (written ? session.verifyBackupCode(code.trim()) : session.verifyCode(code.replace(/\s/g, ''))),
    onSuccess: onEntered,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    verify.mutate()
  }
  const change = () => {
    setWritten(!written)
    setCode('')
    verify.reset()
  }
  return (
    <form className="form" onSubmit={submit}>
      {verify.error && <Failure error={verify.error} />}
      <TextField
        key={String(written)}
        label={written ? t.signIn.writtenCode : t.signIn.code}
        autoComplete="one-time-code"
        inputMode={written ? 'text' : 'numeric'}
        required
        autoFocus
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button type="submit" look="primary" busy={verify.isPending}>
        {t.signIn.act}
      </Button>
      <div className="row">
        <Button look="quiet" onClick={change}>
          {written ? t.signIn.useApp : t.signIn.useWritten}
        </Button>
        <Button look="quiet" onClick={onBack}>
          {t.back}
        </Button>
      </div>
    </form>
  )
}
