import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { narrateStep } from '../src/rehearse/narrate.ts'
import { playSession, type SessionResult } from '../src/rehearse/play.ts'
import { rehearse } from '../src/rehearse/rehearse.ts'
import type { ScratchWorkspaces } from '../src/rehearse/scratch.ts'
import { parseSession, type Step } from '../src/rehearse/session.ts'
import { step, tiny } from './rehearse-session.ts'

const TOKEN = 'opt_scim_abcdef_0123456789'

describe('a wrong service provider', () => {
  const closers: (() => void)[] = []
  afterEach(() => {
    for (const close of closers.splice(0)) close()
  })

  async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    const server = createServer(answer)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closers.push(() => server.close())
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  async function play(session: unknown, baseUrl: string): Promise<SessionResult> {
    return playSession(parseSession(session), { baseUrl, token: TOKEN, people: { ana: { id: 'usr_1' } } })
  }

  test('fails the step, and the narration says what was expected and what came', async () => {
    const url = await serve((request, response) => {
      const detail = `No. You sent ${request.headers.authorization}`
      reply(response, 403, { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '403', detail })
    })
    const result = await play(tiny([step({})]), url)
    expect(result.ok).toBe(false)
    const [failed] = result.steps
    expect(failed?.problems).toEqual(['status: expected 200, got 403'])
    const narration = failed ? narrateStep(failed, undefined) : ''
    expect(narration).toContain('✗ Somebody looks')
    expect(narration).toContain('GET /api/auth/scim/v2/Users?count=0 → 403')
    expect(narration).toContain('the service provider said: No. You sent Bearer [token]')
    expect(JSON.stringify(result)).not.toContain(TOKEN)
  })

  test('that says 204 but applies nothing is found by reading back', async () => {
    const url = await serve((request, response) => {
      if (request.method === 'PATCH') return void response.writeHead(204).end()
      reply(response, request.method === 'POST' ? 201 : 200, group([]), { ETag: 'W/"1"' })
    })
    const result = await play(tiny(addingAna()), url)
    expect(result.steps.map(({ problems }) => problems)).toEqual([
      [],
      ['engineering read back: member ana (usr_1) is missing'],
    ])
  })

  test('that raises the version for nothing is found where "unchanged" is expected', async () => {
    let version = 0
    const url = await serve((request, response) => {
      if (request.method === 'PATCH') return void response.writeHead(204).end()
      version += 1
      reply(response, request.method === 'POST' ? 201 : 200, group(['usr_1'], version), { ETag: `W/"${version}"` })
    })
    const [create, add] = addingAna()
    const result = await play(tiny([create, { ...add, unchanged: ['engineering'] }]), url)
    expect(result.steps[1]?.problems).toEqual([
      'engineering: expected to stay at version "W/\\"2\\"", is at "W/\\"4\\""',
    ])
  })

  test('that keeps back an id leaves the steps that need it unsent', async () => {
    const url = await serve((_, response) => reply(response, 201, { schemas: [], displayName: 'Engineering' }))
    const result = await play(tiny(addingAna()), url)
    expect(result.steps.map(({ problems }) => problems)).toEqual([
      ['id: expected a value to remember as engineering.id, but it is missing'],
      ['not sent: {{engineering.id}} was not learned'],
    ])
  })

  test.each([
    ['another media type', { 'Content-Type': 'application/json' }, {}, /header content-type: expected "application/],
    ['counters that are texts', {}, { totalResults: '0' }, /totalResults: expected an integer, got "0"/],
    ['no list envelope', {}, { schemas: [] }, /schemas: expected 1 value, got 0 values/],
    ['an itemsPerPage that is not true', {}, { itemsPerPage: 5 }, /itemsPerPage: expected 0/],
  ])('that sends %s fails every list', async (_, headers, body, problem) => {
    const url = await serve((_request, response) => reply(response, 200, { ...LIST, ...body }, headers))
    const result = await play(tiny([step({})]), url)
    expect(result.steps[0]?.problems.join('\n')).toMatch(problem)
  })

  test('that cannot be reached stops the session', async () => {
    const result = await play(tiny([step({}), step({})]), 'http://127.0.0.1:1')
    expect(result).toMatchObject({ ok: false, total: 2, steps: [] })
    expect(result.stopped).toMatch(/ECONNREFUSED/)
  })

  test('gets exactly the headers and the path of the provider', async () => {
    let seen: IncomingMessage | undefined
    const url = await serve((request, response) => {
      seen = request
      reply(response, 200, LIST)
    })
    const path = '/Users?filter=userName+eq+%22ana%40x%22&'
    const variants = [{ name: 'base', basePath: '/Groups', query: 'aadOptscim062020' }]
    await play({ ...tiny([step({ request: { method: 'GET', path } })]), variants }, url)
    expect(seen?.url).toBe(`/api/auth/scim/v2/Groups${path}&aadOptscim062020`)
    expect(seen?.rawHeaders.filter((_, i) => i % 2 === 0)).toEqual(['Authorization', 'Host', 'Connection'])
  })

  test('leaves no scratch workspace behind, and the rehearsal says that it did not hold', async () => {
    const url = await serve((_, response) => reply(response, 500, {}))
    const living = new Set<string>()
    let narration = ''
    const result = await rehearse({
      names: ['okta-spec'],
      baseUrl: url,
      scratch: inMemory(living),
      write: (text) => {
        narration += text
      },
    })
    expect(result).toMatchObject({ ok: false, interrupted: false })
    expect([...living]).toEqual([])
    expect(narration).toMatch(/Removed what an interrupted rehearsal had left: 1 scratch workspace\./)
    expect(narration.trimEnd().split('\n').at(-1)).toBe('1 of 1 session did not hold: okta-spec (base).')
    expect(narration).not.toContain(TOKEN)
  })

  test('and an interruption leave nothing behind either', async () => {
    const url = await serve((_, response) => {
      process.emit('SIGINT')
      reply(response, 500, {})
    })
    const living = new Set<string>()
    const result = await rehearse({ names: ['all'], baseUrl: url, scratch: inMemory(living), write: () => {} })
    expect(result).toMatchObject({ ok: false, interrupted: true, results: [{ stopped: 'interrupted' }] })
    expect([...living]).toEqual([])
  })
})

const LIST = {
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: 0,
  startIndex: 1,
  itemsPerPage: 0,
  Resources: [],
}

function addingAna(): [Step, Step] {
  const create = step({
    request: { method: 'POST', path: '/Groups', body: { displayName: 'Engineering' } },
    expect: { status: 201 },
    save: { 'engineering.id': 'id' },
  })
  const body = { Operations: [{ op: 'add', path: 'members', value: [{ value: '{{ana.id}}' }] }] }
  const add = step({
    request: { method: 'PATCH', path: '/Groups/{{engineering.id}}', body },
    expect: { status: 204 },
    membership: { engineering: ['ana'] },
  })
  return [create, add]
}

function group(members: readonly string[], version = 1): unknown {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    id: 'grp_1',
    displayName: 'Engineering',
    members: members.map((value) => ({ value })),
    meta: { resourceType: 'Group', version: `W/"${version}"` },
  }
}

function reply(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'application/scim+json', ...headers }).end(JSON.stringify(body))
}

function inMemory(living: Set<string>): ScratchWorkspaces {
  return {
    create: async (_, people) => {
      living.add('rehearsal-1')
      return {
        slug: 'rehearsal-1',
        token: TOKEN,
        people: Object.fromEntries(people.map(({ key }) => [key, { id: key }])),
      }
    },
    remove: async (slug) => {
      living.delete(slug)
    },
    sweep: async () => 1,
  }
}
