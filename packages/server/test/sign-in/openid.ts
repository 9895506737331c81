import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** What an OpenID provider says of whoever signs in there. */
export type Claims = Readonly<Record<string, unknown>>

/** An OpenID provider on loopback, at which everybody is who the test says. */
export interface OpenId {
  readonly discoveryUrl: string
  /** Who agrees at once when a browser is sent there. */
  visitor: Claims
  /** What came to its token endpoint. */
  readonly exchanges: URLSearchParams[]
  /** Whoever was sent there with this address agrees; answers the way back, as the browser goes it. */
  agree(authorizationUrl: string, claims: Claims): string
  close(): void
}

export const CLIENT_SECRET = 'secret-of-the-client'

export async function startOpenId(clientId: string): Promise<OpenId> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const tokens = new Map<string, Claims>()
  const exchanges: URLSearchParams[] = []
  let issuer = ''
  const idToken = (claims: Claims): string => {
    const now = Math.floor(Date.now() / 1_000)
    const payload = { iss: issuer, aud: clientId, iat: now, exp: now + 300, ...claims }
    const signed = [{ alg: 'RS256', kid: 'one', typ: 'JWT' }, payload].map(base64url).join('.')
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey).toString('base64url')}`
  }
  const answers: Record<string, (request: IncomingMessage) => Promise<object>> = {
    '/.well-known/openid-configuration': async () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
    }),
    '/keys': async () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] }),
    '/token': async (request) => {
      const form = new URLSearchParams(await text(request))
      exchanges.push(form)
      const claims = tokens.get(form.get('code') ?? '') ?? {}
      return { access_token: 'access', token_type: 'Bearer', expires_in: 300, id_token: idToken(claims) }
    },
  }
  const server = createServer(async (request, response) => {
    if (request.url?.startsWith('/authorize?'))
      return response.writeHead(302, { Location: agreed(request.url, openId.visitor).href }).end()
    const answer = await answers[request.url ?? '']?.(request)
    response.writeHead(answer ? 200 : 404, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const agreed = (authorizationUrl: string, claims: Claims): URL => {
    const asked = new URL(authorizationUrl, issuer).searchParams
    const code = randomUUID()
    tokens.set(code, { nonce: asked.get('nonce'), ...claims })
    const back = new URL(asked.get('redirect_uri') ?? '')
    back.search = String(new URLSearchParams({ code, state: asked.get('state') ?? '' }))
    return back
  }
  const openId: OpenId = {
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    visitor: {},
    exchanges,
    agree(authorizationUrl, claims) {
      const { pathname, search } = agreed(authorizationUrl, claims)
      return pathname + search
    },
    close: () => server.close(),
  }
  return openId
}

function base64url(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
