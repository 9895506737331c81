import { expect, test } from 'vitest'
import { ROUTES } from '../../src/admin-api/routes/all.ts'
import { TARGETS } from '../../src/provisioning/audit/target.ts'
import { ADMIN, type Admin, keyFor, OPERATOR, openAdmin } from './support.ts'

const NAMED = ROUTES.filter(({ path }) => path.includes('{'))

/** One of each secret that the service gives away, live. */
async function secretsOf({ scim }: Admin): Promise<string[]> {
  const { text: token } = await scim.tokens.issue('acme', { label: 'x', createdBy: 'test' })
  const { text: key } = await scim.apiKeys.issue({
    ...{ name: 'x', scopes: ['people:read'], workspace: null, expiresAt: null, by: 'test' },
  })
  const { secret } = await scim.setupLinks.create('acme', { provider: 'okta', by: 'test' })
  const { session } = await scim.setupLinks.claim(secret, { address: null, client: null })
  return [token, key, secret, session]
}

/** Whole, a copy that is not, what stands behind the prefix, and somewhere in a text. */
function pasted(secret: string): string[] {
  return [secret, secret.slice(0, -8), secret.replace(/^opt_[a-z]+_/, ''), `https://a.example/setup#${secret}`]
}

function heldIn(text: string, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => text.includes(secret.split('_').at(-1)?.slice(0, 20) ?? ''))
}

test('every place of a path has a grammar for the audit trail', () => {
  const places = NAMED.flatMap(({ path }) => Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name))
  expect([...new Set(places)].filter((name) => !Object.hasOwn(TARGETS, name ?? ''))).toEqual([])
})

test('a secret that is pasted where an id belongs stays out of answers and of the trail', async () => {
  const service = await openAdmin({
    ports: {
      admins: {
        ...{ list: async () => [], remove: async () => false },
        invite: async () => {
          throw new Error('not asked for')
        },
      },
      guides: { read: async () => undefined },
    },
  })
  const secrets = await secretsOf(service)
  const foreign = service.bearing(`Bearer ${await keyFor(service, 'acme', 'audit:read')}`)
  const [first = '', ...others] = secrets
  const texts = [...pasted(first), ...others]
  const told: string[] = []
  for (const { method, path } of NAMED) {
    for (const text of texts) {
      const at = encodeURIComponent(text)
      // In each place, and in the last alone.
      const paths = new Set([
        path.replaceAll(/\{\w+\}/g, at),
        path.replace('{workspace}', 'acme').replace(/\{\w+\}/, at),
      ])
      paths.delete(path.replace('{workspace}', 'acme'))
      for (const one of paths) {
        const body = method === 'post' || method === 'patch' ? {} : undefined
        for (const caller of [service.as(OPERATOR), foreign])
          told.push(JSON.stringify((await caller.send(method.toUpperCase(), one, body)).json ?? ''))
      }
    }
  }
  expect(heldIn(told.join('\n'), secrets)).toEqual([])
  const trails = [null, 'acme'].map(async (slug) => {
    const { entries } = await service.scim.audit.list(slug, { limit: 100_000 })
    expect(entries.length).toBeGreaterThan(100)
    return JSON.stringify(entries)
  })
  expect(heldIn((await Promise.all(trails)).join('\n'), secrets)).toEqual([])
})

test('ids are still told, in the trail and where they are refused', async () => {
  const service = await openAdmin()
  const [token = ''] = await secretsOf(service)
  const [, , id = ''] = token.split('_')
  const { status } = await service.as(ADMIN).delete(`/workspaces/acme/tokens/${id}`)
  const other = id.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'))
  const { json } = await service.as(ADMIN).delete(`/workspaces/acme/tokens/${other}`)
  expect([status, json.detail]).toEqual([204, `There is no token "${other}" in this workspace.`])
  const pastedWhole = (await service.as(ADMIN).delete(`/workspaces/acme/tokens/${token}`)).json
  expect(pastedWhole.detail).toBe('There is no token "…" in this workspace.')
  const { entries } = await service.scim.audit.list('acme')
  expect(entries.map(({ target }) => target)).toEqual(['…', other, id])
})

test('refused bodies do not repeat secrets that stand in them', async () => {
  const service = await openAdmin()
  const secrets = await secretsOf(service)
  const [secret = ''] = secrets
  const admin = service.as(ADMIN)
  const answers = [
    await service.as(OPERATOR).post('/workspaces', { slug: secret, name: 'A' }),
    await admin.post('/workspaces/acme/people', { id: secret, userName: 'a' }),
    await admin.post('/workspaces/acme/people', { userName: 'a', [secret]: 1 }),
    await admin.post('/workspaces/acme/groups', { displayName: 'A', members: [secret] }),
    await admin.post(`/workspaces/acme/groups?${secret}=1`, { displayName: 'A' }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400])
  expect(heldIn(JSON.stringify(answers.map(({ json }) => json)), secrets)).toEqual([])
})
