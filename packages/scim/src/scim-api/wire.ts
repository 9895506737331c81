/** Text, the same as bytes, or pieces: these are taken as fast as the client reads, and a failure between them cuts the connection. */
export type Body = string | Uint8Array<ArrayBuffer> | AsyncIterable<string>

/** A request as the adapters hand it over; nothing of it is read before it is asked for. */
export interface WireRequest {
  readonly method: string
  /** As sent, percent-encoding and all, without the query. */
  readonly path: string
  /** As sent, without its question mark. */
  readonly query: string
  /** The client's address, where the adapter knows it. */
  readonly address: string | null
  /** A header by its lower-case name. */
  header(name: string): string | undefined
  /**
   * Reads the body, at most `limit` bytes; a larger one is refused with `body_too_large` as soon as that is known. `grown`
   * hears of the bytes read so far, and may throw to end the reading.
   */
  readBody(limit: number, grown: (bytes: number) => void): Promise<Uint8Array>
}

export interface WireResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Body
}

export function isWhole(body: Body): body is Exclude<Body, AsyncIterable<string>> {
  return typeof body === 'string' || body instanceof Uint8Array
}
