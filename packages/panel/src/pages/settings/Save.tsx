import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { Failure } from '../../parts/Failure.tsx'

interface Props {
  readonly write: { readonly error: Error | null; readonly isPending: boolean }
  readonly allowed: boolean
}

/** The end of a form of settings; no button for who may only look. */
export function Save({ write, allowed }: Props) {
  const { t } = useLanguage()
  return (
    <>
      {write.error && <Failure error={write.error} />}
      {allowed && (
        <div>
          <Button type="submit" look="primary" busy={write.isPending}>
            {t.settings.save}
          </Button>
        </div>
      )}
    </>
  )
}
