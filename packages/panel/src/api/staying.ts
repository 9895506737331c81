import { useQuery } from '@tanstack/react-query'
import { useMe } from './may.ts'
import { session } from './session.ts'

/** Between two looks at the session; sign-in moves its end once an hour. */
const HOUR = 3_600_000

/**
 * Keeps a session alive while its panel is looked at: what pages ask by themselves does not, or a panel that was left open
 * would stay signed in for ever.
 */
export function useStaying(): void {
  const { features } = useMe()
  useQuery({
    queryKey: ['session'],
    queryFn: session.get,
    enabled: features.signIn,
    staleTime: HOUR,
    refetchInterval: HOUR,
    refetchIntervalInBackground: false,
  })
}
