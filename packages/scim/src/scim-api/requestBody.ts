import { refuse, ScimError } from '../base/errors.ts'

/** Reads the body of a `Request`, at most `limit` bytes. `grown` hears of the bytes read so far, and may throw. */
export async function readRequestBody(
  request: Request,
  limit: number,
  grown: (bytes: number) => void,
): Promise<Uint8Array> {
  if (request.bodyUsed) throw refuse('invalid_syntax', 'the application it was sent to has read it before.')
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.length
      if (bytes > limit) throw new ScimError('body_too_large', { limit })
      grown(bytes)
      chunks.push(chunk)
    }
  } catch (error) {
    // Whatever else ends a body early is the client's connection.
    throw error instanceof ScimError ? error : refuse('invalid_syntax', 'the connection ended before its end.')
  }
  return Buffer.concat(chunks)
}
