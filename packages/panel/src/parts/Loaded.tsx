import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { isSignedOut } from '../api/client.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Failure } from './Failure.tsx'

interface Props<Data> {
  readonly query: UseQueryResult<Data>
  readonly children: (data: Data) => ReactNode
}

/** What a query has to show: its data, that it is loading, or why it failed. Data that is there stays while a later look fails. */
export function Loaded<Data>({ query, children }: Props<Data>) {
  const { t } = useLanguage()
  const { data, error } = query
  if (data !== undefined)
    return (
      <>
        {error && (
          <p className="notice notice-warn" role="status">
            {t.failure.stale}
          </p>
        )}
        {children(data)}
      </>
    )
  if (isSignedOut(error)) return null
  if (error) return <Failure error={error} retry={() => void query.refetch()} />
  return <Loading />
}

export function Loading() {
  const { t } = useLanguage()
  return (
    <div className="loading" role="status">
      <span className="loading-line" />
      <span className="loading-line" />
      <span className="loading-line" />
      <span className="unseen">{t.loading}</span>
    </div>
  )
}
