import { beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../src/base/clock.ts'
import type { Provider } from '../../src/index.ts'
import { GERMAN } from '../../src/provisioning/health/faults.de.ts'
import { ENGLISH } from '../../src/provisioning/health/faults.en.ts'
import { Client, USER_SCHEMA } from '../people/support.ts'
import { lookup, openLater } from './support.ts'

const PROBE = lookup('Users', 'userName eq "7d420df3-9995-4831-a406-ecf8166f5f6a"')

let client: Client
let entra: Client
let tokenId: string
beforeEach(async () => {
  client = await openLater()
  const { token, text } = await client.scim.tokens.issue('acme', {
    label: 'Sync',
    provider: 'entra',
    createdBy: 'test',
  })
  tokenId = token.id
  entra = new Client(client.scim, 'acme', text, client.folder, client.clock)
  await client.upsert({ id: 'usr_ana', userName: 'ana' })
})

const items = async (provider: Provider = 'entra') => (await client.scim.checklist('acme', provider)).items
const states = async (provider?: Provider) =>
  (await items(provider)).map(({ step, state }) => `${step} ${state}`).join(', ')
const item = async (step: string) => (await items()).find((one) => one.step === step)
/** The newest request. */
const newest = async () => (await client.scim.activity.list('acme', { limit: 1 }))[0]?.id

describe('the checklist of a set-up', () => {
  it('turns green with what a provider really sends', async () => {
    const open = 'contact open, token open, lookup open, person open, group open, member open'
    expect(await states()).toBe(open)
    await entra.get(PROBE)
    const probe = await newest()
    expect(await states()).toBe('contact done, token done, lookup done, person open, group open, member open')
    expect(await item('lookup')).toEqual({ step: 'lookup', state: 'done', at: client.clock.now, activity: probe })
    await entra.get(lookup('Users', 'userName eq "ana"'))
    const match = await newest()
    expect(await item('person')).toEqual({ step: 'person', state: 'done', at: client.clock.now, activity: match })
    const crew = await entra.group('Crew')
    const created = await newest()
    expect(await states()).toBe('contact done, token done, lookup done, person done, group done, member open')
    expect(await item('group')).toMatchObject({ state: 'done', activity: created })
    client.clock.now += HOUR
    await entra.addMembers(crew, 'usr_ana')
    expect(await item('member')).toEqual({
      step: 'member',
      state: 'done',
      at: client.clock.now,
      activity: await newest(),
    })
    // The first time is what counts.
    client.clock.now += HOUR
    await entra.get(lookup('Users', 'userName eq "ana"'))
    expect(await item('person')).toMatchObject({ activity: match })
    expect(await item('contact')).toMatchObject({ activity: probe })
  })

  it('is of the provider’s own tokens, or of all where it has none', async () => {
    await client.get(PROBE)
    expect(await states()).toContain('contact open')
    expect(await states('other')).toContain('lookup done')
    expect(await states('okta')).toContain('lookup done')
    await client.scim.workspaces.create('new', { name: 'New', scim: true })
    expect((await client.scim.checklist('new', 'okta')).items.every(({ state }) => state === 'open')).toBe(true)
    await expect(client.scim.checklist('acme', 'nobody' as never)).rejects.toMatchObject({ code: 'invalid_value' })
    await expect(client.scim.checklist('none', 'okta')).rejects.toMatchObject({ code: 'unknown' })
  })

  it('does not wait for a look-up of providers that do without', async () => {
    await entra.post('/Users', { schemas: [USER_SCHEMA], userName: 'ana' })
    const crew = await entra.group('Crew', 'usr_ana')
    expect(crew).toBeTruthy()
    const created = await newest()
    expect(await states()).toBe('contact done, token done, lookup done, person failed, group done, member done')
    expect(await item('lookup')).toMatchObject({ activity: created })
  })

  it('still knows it once the requests have been forgotten', async () => {
    await entra.group('Crew', 'usr_ana')
    client.clock.now += 100 * DAY
    await client.scim.prune()
    await entra.get(PROBE)
    expect(await client.scim.activity.list('acme')).toHaveLength(1)
    expect(await states()).toBe('contact done, token done, lookup done, person done, group done, member done')
    expect(await item('member')).toMatchObject({ at: null, activity: null })
  })
})

describe('a step that fails', () => {
  const expectFault = async (step: string, code: keyof typeof ENGLISH, cause: string, activity: string | null) => {
    const found = await item(step)
    expect(found).toMatchObject({
      step,
      state: 'failed',
      activity,
      fix: { en: ENGLISH[code].fix, de: GERMAN[code].fix },
    })
    expect(found?.cause?.en).toContain(cause)
    expect(`${found?.cause?.en} ${found?.cause?.de}`).not.toMatch(/\{\w+\}/)
  }

  it('token: an incomplete copy, a wrong secret, an expired and a revoked one', async () => {
    const whole = entra.token
    const wrong = new Client(client.scim, 'acme', whole.slice(0, 50), client.folder, client.clock)
    await wrong.get(PROBE)
    expect(await states()).toContain('contact done, token failed, lookup open')
    await expectFault('token', 'token_wrong', '"Sync"', null)
    client.clock.now += HOUR
    await entra.get(PROBE)
    expect(await states()).toContain('contact done, token done, lookup done')
    await client.scim.tokens.revoke('acme', tokenId)
    client.clock.now += HOUR
    await entra.get(PROBE)
    await expectFault('token', 'token_revoked', '"Sync"', null)
  })

  it('token: an expired one', async () => {
    client.clock.now += 365 * DAY
    await entra.get(PROBE)
    expect(await states()).toContain('contact done, token failed, lookup open')
    await expectFault('token', 'token_expired', '"Sync"', null)
  })

  it('lookup: SCIM is off, before and after it was on', async () => {
    await client.scim.workspaces.change('acme', { scim: false })
    await entra.get(PROBE)
    expect(await states()).toContain('contact done, token done, lookup failed')
    await expectFault('lookup', 'scim_off', 'turned off', (await newest()) as string)
    await client.scim.workspaces.change('acme', { scim: true })
    await entra.get(PROBE)
    expect(await states()).toContain('lookup done')
    await client.scim.workspaces.change('acme', { scim: false })
    await entra.get('/Groups')
    await expectFault('lookup', 'scim_off', 'turned off', (await newest()) as string)
  })

  it('lookup: a wrong base URL, and a filter that cannot be read', async () => {
    await entra.get('/scim/v2/Users')
    await expectFault('lookup', 'path_unknown', 'address', (await newest()) as string)
    await entra.get(lookup('Users', 'userName eq'))
    await expectFault('lookup', 'refused', 'GET /Users was refused with 400', (await newest()) as string)
  })

  it('person: nobody is called so, until somebody is', async () => {
    await entra.get(lookup('Users', 'userName eq "leo@acme.example"'))
    expect(await states()).toContain('lookup done, person failed, group open')
    await expectFault('person', 'nobody_found', 'userName eq "leo@acme.example"', (await newest()) as string)
    await client.upsert({ id: 'usr_leo', userName: 'leo@acme.example' })
    await entra.get(lookup('Users', 'userName eq "leo@acme.example"'))
    expect(await states()).toContain('person done')
  })

  it('person: accounts are not created', async () => {
    await entra.post('/Users', { schemas: [USER_SCHEMA], userName: 'leo' })
    await expectFault('person', 'user_creation_refused', 'no account', (await newest()) as string)
  })

  it('group: a body that cannot be read', async () => {
    await entra.post('/Groups', { displayName: 7 })
    await expectFault('group', 'refused', 'POST /Groups was refused with 400', (await newest()) as string)
  })

  it('member: ids that nobody stands behind, pending and suspended people, until one counts', async () => {
    const crew = await entra.group('Crew', 'usr_leo')
    const created = (await newest()) as string
    expect(await states()).toContain('group done, member failed')
    await expectFault('member', 'member_unresolved', '"Crew"', created)
    await client.upsert({ id: 'usr_leo', userName: 'leo' })
    expect(await item('member')).toMatchObject({ state: 'done', activity: created })
    await entra.patch('/Users/usr_leo', [{ op: 'replace', path: 'active', value: false }])
    await expectFault('member', 'member_suspended', '"Crew"', created)
    const other = await entra.group('Other', 'usr_ana')
    expect(await item('member')).toMatchObject({ state: 'done', activity: await newest() })
    await entra.delete(`/Groups/${other}`)
    await entra.delete(`/Groups/${crew}`)
    expect(await states()).toContain('group done, member done')
  })

  it('member: pending, and refused by the workspace', async () => {
    await client.scim.workspaces.change('acme', { unknownUsers: 'pending', unknownMembers: 'reject' })
    const crew = await entra.group('Crew')
    await entra.addMembers(crew, 'usr_unknown')
    await expectFault('member', 'members_refused', 'not known', (await newest()) as string)
    await entra.addMembers(crew, await entra.pending('pat'))
    await expectFault('member', 'member_pending', '"Crew"', (await newest()) as string)
  })
})

it('every fault is there in both languages, with the same facts', () => {
  const facts = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
  expect(Object.keys(GERMAN)).toEqual(Object.keys(ENGLISH))
  for (const [key, { cause, fix }] of Object.entries(ENGLISH)) {
    const german = GERMAN[key as keyof typeof ENGLISH]
    expect([key, facts(german.cause), facts(german.fix)]).toEqual([key, facts(cause), facts(fix)])
  }
})
