import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useAnnounce } from '../parts/Announcer.tsx'
import { type ApiProblem, call } from './client.ts'

export interface WriteOptions<Answer, Input> {
  /** What to tell once it is done. */
  readonly said?: string
  readonly onDone?: (answer: Answer, input: Input) => void
}

/** A write to the admin API. Whatever is on view is read anew behind it. */
export function useWrite<Answer, Input = void>(
  request: (input: Input) => { readonly method: string; readonly path: string; readonly body?: unknown },
  { said, onDone }: WriteOptions<Answer, Input> = {},
) {
  const client = useQueryClient()
  const announce = useAnnounce()
  return useMutation<Answer, ApiProblem, Input>({
    mutationFn: (input) => {
      const { method, path, body } = request(input)
      return call<Answer>(method, path, body === undefined ? {} : { body })
    },
    onSuccess: (answer, input) => {
      void client.invalidateQueries()
      if (said !== undefined) announce(said)
      onDone?.(answer, input)
    },
  })
}
