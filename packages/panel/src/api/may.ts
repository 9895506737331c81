import { useSuspenseQuery } from '@tanstack/react-query'
import { service } from './queries.ts'
import type { Me, Scope } from './types.ts'

export function useMe(): Me {
  return useSuspenseQuery(service.me()).data
}

/** Whether the person who looks may do something; the service decides, this only keeps dead buttons away. */
export function useMay(): (scope: Scope) => boolean {
  const me = useMe()
  return (scope) => me.scopes.includes(scope)
}
