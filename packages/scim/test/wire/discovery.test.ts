import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BASE, ERROR_URN, GROUP_URN, LIST_URN, type Service, STORES, startService } from './support.ts'

const USER_URN = 'urn:ietf:params:scim:schemas:core:2.0:User'
const ENTERPRISE_URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

describe.each(STORES)('discovery on %s (RFC 7644 §4)', (store) => {
  let service: Service
  beforeAll(async () => {
    service = await startService(store)
  })
  afterAll(() => service[Symbol.asyncDispose]())
  const read = (path: string) => service.acme.get(path, { token: null })

  test('ServiceProviderConfig says what is offered', async () => {
    const { body } = await read('/ServiceProviderConfig')
    expect(body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      filter: { supported: true, maxResults: 1000 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      pagination: { cursor: true, index: true, defaultPaginationMethod: 'index' },
      authenticationSchemes: [{ type: 'oauthbearertoken' }],
      meta: { location: `${BASE}/ServiceProviderConfig` },
    })
  })

  test('and the endpoint does what it says', async () => {
    const { acme } = service
    const group = await acme.group({ displayName: 'Engineering' })
    const patch = { Operations: [{ op: 'add', path: 'externalId', value: 'x' }] }
    expect((await acme.patch(`/Groups/${group.id}`, patch)).status).toBe(204)
    expect((await acme.post('/Bulk', {})).status).toBe(501)
    expect((await acme.get('/Groups?filter=externalId%20eq%20%22x%22')).body.totalResults).toBe(1)
    expect((await acme.get('/Groups?sortBy=displayName&sortOrder=descending')).status).toBe(200)
    expect((await acme.get(`/Groups/${group.id}`)).headers.get('etag')).toBe('W/"2"')
    expect((await acme.get('/Groups?cursor')).body.startIndex).toBeUndefined()
    expect((await acme.get('/Groups')).body.startIndex).toBe(1)
    expect((await acme.get('/Groups?count=5000')).status).toBe(200)
  })

  test('Schemas lists the schemas, and each is found by its URN in any case', async () => {
    const { body } = await read('/Schemas')
    expect(body.schemas).toEqual([LIST_URN])
    expect(body.Resources.map(({ id }) => id).sort()).toEqual([GROUP_URN, USER_URN, ENTERPRISE_URN].sort())
    for (const urn of [GROUP_URN, GROUP_URN.toUpperCase(), encodeURIComponent(GROUP_URN)]) {
      const answer = await read(`/Schemas/${urn}`)
      expect(answer.body.id).toBe(GROUP_URN)
      expect(answer.headers.get('content-location')).toBe(`${BASE}/Schemas/${GROUP_URN}`)
      expect(answer.headers.get('content-location')).toBe(answer.body.meta?.location)
    }
  })

  test('ResourceTypes lists the types, and each is found by its name in any case', async () => {
    const { body } = await read('/ResourceTypes')
    expect(body.Resources.map(({ id }) => id)).toEqual(['User', 'Group'])
    for (const name of ['Group', 'group']) {
      const answer = await read(`/ResourceTypes/${name}`)
      expect(answer.body).toMatchObject({ id: 'Group', endpoint: '/Groups', schema: GROUP_URN })
      expect(answer.headers.get('content-location')).toBe(`${BASE}/ResourceTypes/Group`)
    }
  })

  test.each(['/Schemas/urn:unknown', '/ResourceTypes/Device', '/ResourceTypes/constructor', '/Schemas/__proto__'])(
    '%s is not there: 404',
    async (path) => {
      for (const answer of [await read(path), await service.acme.get(path)]) {
        expect(answer.status).toBe(404)
        expect(answer.body).toMatchObject({ schemas: [ERROR_URN], status: '404' })
      }
    },
  )

  test('a filter is refused there, because it would not be applied (RFC 7644 §4)', async () => {
    for (const path of ['/ServiceProviderConfig', '/Schemas', '/ResourceTypes']) {
      expect((await read(`${path}?filter=name%20eq%20%22Group%22`)).status).toBe(403)
      expect((await read(`${path}?count=1&startIndex=2&sortBy=id&aadOptscim062020`)).status).toBe(200)
    }
  })
})
