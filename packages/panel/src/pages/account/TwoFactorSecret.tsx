import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { session } from '../../api/session.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { Code } from '../../parts/Code.tsx'
import { CopyValue } from '../../parts/Copy.tsx'
import { Failure } from '../../parts/Failure.tsx'
import { TextField } from '../../parts/Field.tsx'
import { QrCode } from './QrCode.tsx'

interface Props {
  readonly uri: string
  readonly codes: readonly string[]
  readonly onDone: () => void
}

export function TwoFactorSecret({ uri, codes, onDone }: Props) {
  const { t } = useLanguage()
  const [code, setCode] = useState('')
  const verify = useMutation({ mutationFn: () => session.verifyCode(code.replace(/\s/g, '')), onSuccess: onDone })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    verify.mutate()
  }
  return (
    <div className="stack">
      <p>{t.account.scan}</p>
      <QrCode text={uri} label={t.account.qr} />
      <CopyValue label={t.account.secret} text={new URL(uri).searchParams.get('secret') ?? uri} />
      <Code label={t.account.codes} text={codes.join('\n')} />
      <p className="quiet">{t.account.codesSays}</p>
      <form className="form" onSubmit={submit}>
        {verify.error && <Failure error={verify.error} />}
        <TextField
          label={t.signIn.code}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <div>
          <Button type="submit" look="primary" busy={verify.isPending}>
            {t.account.confirm}
          </Button>
        </div>
      </form>
    </div>
  )
}
