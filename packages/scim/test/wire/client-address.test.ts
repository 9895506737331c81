import { describe, expect, test } from 'vitest'
import type { WireRequest, WireResponse } from '../../src/scim-api/wire.ts'
import { requestText, serve } from './http.ts'
import { STORES, startService } from './support.ts'

const PATH = '/api/auth/scim/v2'

describe('the client’s address', () => {
  async function addressOf(trustedProxies: string[], forwarded?: string): Promise<string | null> {
    let address: string | null = null
    const handle = async (request: WireRequest): Promise<WireResponse> => {
      address = request.address
      return { status: 204, headers: {} }
    }
    await using served = await serve(handle, { trustedProxies })
    await served.exchange(requestText('GET', '/', forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded }))
    return address
  }

  test.each<[string, string[], string | undefined, string]>([
    ['no proxy is trusted', [], '1.2.3.4', '127.0.0.1'],
    ['another one is', ['10.0.0.1'], '1.2.3.4', '127.0.0.1'],
    ['the peer is trusted', ['127.0.0.1'], '1.2.3.4', '1.2.3.4'],
    ['nothing was forwarded', ['127.0.0.1'], undefined, '127.0.0.1'],
    ['the client wrote one itself', ['127.0.0.1'], '6.6.6.6, 1.2.3.4', '1.2.3.4'],
    ['through two proxies', ['127.0.0.1', '10.0.0.1'], '6.6.6.6, 1.2.3.4, 10.0.0.1', '1.2.3.4'],
    ['all are proxies', ['127.0.0.1', '10.0.0.1'], '10.0.0.1', '127.0.0.1'],
    ['IPv6', ['127.0.0.1'], '2001:db8::1', '2001:db8::1'],
    ['with a port', ['127.0.0.1'], '1.2.3.4:5678', '1.2.3.4'],
    ['IPv6 with a port', ['127.0.0.1'], '"[2001:db8::1]:5678"', '2001:db8::1'],
    ['an IPv4 address in IPv6', ['127.0.0.1', '10.0.0.1'], '1.2.3.4, ::ffff:10.0.0.1', '1.2.3.4'],
    ['a proxy named in another form', ['::ffff:127.0.0.1'], '1.2.3.4', '1.2.3.4'],
    ['what the proxy wrote is none: nothing before it is believed', ['127.0.0.1'], '6.6.6.6, unknown', '127.0.0.1'],
    ['rubbish', ['127.0.0.1'], '<script>, ....', '127.0.0.1'],
    ['empty', ['127.0.0.1'], ' , ', '127.0.0.1'],
  ])('%s', async (_, trusted, forwarded, expected) => {
    expect(await addressOf(trusted, forwarded)).toBe(expected)
  })

  test.each(STORES)('is in the activity and with the token, on %s', async (store) => {
    await using service = await startService(store)
    await using served = await serve(service.scim.handle, { trustedProxies: ['127.0.0.1'] })
    const headers = { Authorization: `Bearer ${service.acme.token}`, 'X-Forwarded-For': '198.51.100.7' }
    await served.exchange(requestText('GET', `${PATH}/Groups`, headers))
    const [entry] = await service.scim.activity.list('acme')
    expect(entry?.address).toBe('198.51.100.7')
    expect((await service.scim.tokens.list('acme'))[0]?.lastUsedAddress).toBe('198.51.100.7')
  })
})
