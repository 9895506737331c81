import { beforeEach, describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/base/clock.ts'
import { GERMAN_PROBLEMS } from '../../src/base/problems.de.ts'
import { PROBLEMS } from '../../src/base/problems.ts'
import { SILENT_AFTER } from '../../src/index.ts'
import { GERMAN } from '../../src/provisioning/health/reasons.de.ts'
import { ENGLISH } from '../../src/provisioning/health/reasons.en.ts'
import type { NewToken } from '../../src/provisioning/tokens/tokens.ts'
import { type Client, USER_SCHEMA } from '../people/support.ts'
import { lookup, openLater } from './support.ts'

const PROBE = lookup('Users', 'userName eq "7d420df3-9995-4831-a406-ecf8166f5f6a"')

let client: Client
beforeEach(async () => {
  client = await openLater()
})

const health = (slug = 'acme') => client.scim.health.ofWorkspace(slug)
const judged = async () => {
  const { state, reason } = await health()
  return `${state} ${reason.code}`
}
const issue = async (token: Partial<NewToken> = {}) =>
  client.scim.tokens.issue('acme', { label: 'Own', createdBy: 'test', ...token })
const send = (text: string, path = PROBE) => client.send('GET', path, undefined, { authorization: `Bearer ${text}` })

describe('the state of an integration', () => {
  it('is off while SCIM is, whatever comes', async () => {
    await client.get('/Users')
    await client.scim.workspaces.change('acme', { scim: false })
    await client.get('/Users')
    expect(await health()).toMatchObject({ state: 'off', reason: { code: 'scim_off', activity: null }, since: null })
  })

  it('is waiting until there is a token, and until it is used', async () => {
    await client.scim.workspaces.create('new', { name: 'New', scim: true })
    expect(await health('new')).toEqual({
      state: 'waiting',
      reason: {
        code: 'no_token',
        en: 'No SCIM token has been issued yet.',
        de: 'Es wurde noch kein SCIM-Token ausgestellt.',
        fix: null,
        activity: null,
      },
      since: null,
      lastContact: null,
      people: 0,
      groups: 0,
      problems: 0,
      last24h: { ok: 0, failed: 0 },
    })
    const at = client.clock.now
    const { text } = await client.scim.tokens.issue('new', { label: 'Own', createdBy: 'test' })
    client.clock.now += DAY
    expect(await health('new')).toMatchObject({ state: 'waiting', reason: { code: 'no_contact' }, since: at })
    await send(text)
    expect(await health('new')).toMatchObject({ state: 'healthy', reason: { code: 'in_contact' } })
  })

  it('is failing while no true copy of the first token has come', async () => {
    await send(client.token.slice(0, 40))
    expect(await health()).toMatchObject({
      state: 'failing',
      reason: { code: 'token_wrong', en: expect.stringContaining('"Entra"'), de: expect.stringContaining('„Entra“') },
      since: Math.floor(client.clock.now / MINUTE) * MINUTE,
    })
    await client.get(PROBE)
    await send(client.token.slice(0, 40))
    expect(await judged()).toBe('healthy in_contact')
  })

  it('is healthy since the first request that is kept', async () => {
    const at = client.clock.now
    await client.get(PROBE)
    client.clock.now += 2 * HOUR
    await client.get('/Groups')
    expect(await health()).toMatchObject({ state: 'healthy', since: at, lastContact: client.clock.now })
  })

  it('is failing while a provider uses a token that was revoked, until it uses another', async () => {
    const { token, text } = await issue({ provider: 'entra' })
    await send(text)
    const ended = client.clock.now
    await client.scim.tokens.revoke('acme', token.id)
    expect(await judged()).toBe('healthy in_contact')
    client.clock.now += 5 * MINUTE
    await send(text)
    expect(await health()).toMatchObject({ state: 'failing', reason: { code: 'token_revoked' }, since: ended })
    // Another provider's is no help.
    await client.get(PROBE)
    expect(await judged()).toBe('failing token_revoked')
    client.clock.now += 5 * MINUTE
    await send((await issue({ provider: 'entra' })).text)
    expect(await judged()).toBe('healthy in_contact')
  })

  it('forgets a refusal after a day', async () => {
    const { text } = await issue({ lifetime: HOUR })
    client.clock.now += 2 * HOUR
    await send(text)
    expect(await judged()).toBe('failing token_expired')
    client.clock.now += DAY
    expect(await judged()).toBe('waiting no_contact')
  })

  it('is failing once every token has ended', async () => {
    await client.get(PROBE)
    const [token] = await client.scim.tokens.list('acme')
    await client.scim.tokens.revoke('acme', token?.id ?? '')
    const at = client.clock.now
    client.clock.now += HOUR
    expect(await health()).toMatchObject({ state: 'failing', reason: { code: 'no_live_token' }, since: at })
  })

  it('is silent where a provider that polls has stopped', async () => {
    const { text } = await issue({ provider: 'entra' })
    await send(text)
    const at = client.clock.now
    client.clock.now += SILENT_AFTER
    expect(await judged()).toBe('healthy in_contact')
    client.clock.now += 1
    expect(await health()).toMatchObject({
      state: 'silent',
      reason: { code: 'polls_missing', en: expect.stringContaining('3 hours ago') },
      since: at,
      lastContact: at,
    })
    await send(text)
    expect(await judged()).toBe('healthy in_contact')
  })

  it('is never silent where the provider speaks only when there is something to say', async () => {
    await send((await issue({ provider: 'okta' })).text)
    client.clock.now += 30 * DAY
    expect(await judged()).toBe('healthy in_contact')
  })
})

describe('a request that fails', () => {
  const rename = (group: string, displayName: string) =>
    client.patch(`/Groups/${group}`, [{ op: 'replace', path: 'displayName', value: displayName }])

  it('makes the integration fail, since it first did, until the same one succeeds', async () => {
    const [crew, other] = [await client.group('Crew'), await client.group('Other')]
    const first = client.clock.now
    await rename(crew, 'Other')
    client.clock.now += HOUR
    await rename(crew, 'Other')
    await rename(other, 'Another')
    await client.get(`/Groups/${crew}`)
    const failing = await health()
    expect(failing).toMatchObject({ state: 'failing', reason: { code: 'request_refused' }, since: first })
    expect(failing.reason.en).toContain('PATCH /Groups/{id} was refused with 409')
    expect(failing.reason.en).toContain(PROBLEMS.group_name_taken.cause)
    expect(failing.reason.de).toContain(GERMAN_PROBLEMS.group_name_taken.cause)
    expect(failing.reason.fix).toEqual({
      en: PROBLEMS.group_name_taken.fix,
      de: GERMAN_PROBLEMS.group_name_taken.fix,
    })
    const [entry] = await client.scim.activity.list('acme', { failed: true })
    expect(failing.reason.activity).toBe(entry?.id)
    client.clock.now += MINUTE
    await rename(crew, 'Crew 2')
    // Working since it failed last.
    expect(await health()).toMatchObject({ state: 'healthy', since: entry?.at, reason: { activity: null } })
  })

  it('is listed with the others by its reason, until it is put right', async () => {
    const open = async () => {
      const { failures, more } = await client.scim.health.failures('acme')
      expect(more).toBe(false)
      return failures.map(({ problem, count }) => `${count} ${problem}`)
    }
    const post = (userName: string) => client.post('/Users', { schemas: [USER_SCHEMA], userName })
    await client.upsert({ id: 'usr_a', userName: 'a' })
    const [crew, other] = [await client.group('Crew'), await client.group('Other')]
    expect(await open()).toEqual([])
    const first = client.clock.now
    for (const name of ['x', 'y', 'z']) await post(name)
    client.clock.now += MINUTE
    await post('a')
    await rename(other, 'CREW')
    await client.patch('/Users/usr_a', [{ op: 'replace', path: 'active' }])
    expect(await open()).toEqual([
      '1 invalid_value',
      '1 group_name_taken',
      '1 user_name_taken',
      '3 user_creation_refused',
    ])
    const { failures } = await client.scim.health.failures('acme')
    expect(failures.at(-1)).toMatchObject({ first, last: first, activity: expect.stringContaining('act_') })
    const refused = await client.scim.activity.list('acme', { problem: 'user_creation_refused' })
    expect(refused.map(({ id }) => id)).toContain(failures.at(-1)?.activity)
    expect(refused).toHaveLength(3)
    await rename(crew, 'Crew 2')
    await rename(other, 'Others')
    await rename(other, 'Crew 2')
    // What was put right once is not counted again.
    expect((await open())[0]).toBe('1 group_name_taken')
    await rename(other, 'Others 2')
    await client.put('/Users/usr_a', { nickName: 'A' })
    expect(await open()).toEqual(['1 invalid_value', '3 user_creation_refused'])
    await client.scim.workspaces.change('acme', { unknownUsers: 'pending' })
    await client.pending('x')
    await client.patch('/Users/usr_a', [{ op: 'replace', path: 'active', value: true }])
    expect([await open(), await judged()]).toEqual([[], 'healthy in_contact'])
  })

  it('is forgotten after a day', async () => {
    const crew = await client.group('Crew')
    await client.patch(`/Groups/${crew}`, [{ op: 'bad' }])
    client.clock.now += DAY - MINUTE
    expect(await judged()).toBe('failing request_refused')
    client.clock.now += 2 * MINUTE
    expect(await judged()).toBe('healthy in_contact')
  })

  it('counts for people as well, and for what names nobody', async () => {
    await client.upsert({ id: 'usr_a', userName: 'a' }, { id: 'usr_b', userName: 'b' })
    await client.patch('/Users/usr_a', [{ op: 'bad' }])
    await client.patch('/Users/usr_b', [{ op: 'replace', path: 'active', value: true }])
    expect(await judged()).toBe('failing request_refused')
    await client.patch('/Users/usr_a', [{ op: 'replace', path: 'active', value: true }])
    expect(await judged()).toBe('healthy in_contact')
    await client.post('/Users', { schemas: [USER_SCHEMA], userName: 'nobody' })
    expect(await judged()).toBe('failing request_refused')
    // Of several kinds, each has to succeed.
    await client.post('/Groups', {})
    await client.group('Crew')
    expect(await judged()).toBe('failing request_refused')
    await client.scim.workspaces.change('acme', { unknownUsers: 'pending' })
    await client.pending('nobody')
    expect(await judged()).toBe('healthy in_contact')
  })

  it('does not count where it is part of the protocol', async () => {
    await client.group('Crew')
    await client.get('/Groups/grp_00000000000000000000000000')
    await client.delete('/Groups/grp_00000000000000000000000000')
    expect(await judged()).toBe('healthy in_contact')
    // Some create first, and look up what is there already.
    expect((await client.post('/Groups', { displayName: 'crew' })).status).toBe(409)
    expect(await judged()).toBe('failing request_refused')
    const group = (await client.scim.groups.find('acme', 'crew'))?.id ?? ''
    await client.patch(`/Groups/${group}`, [{ op: 'replace', path: 'displayName', value: 'CREW' }])
    expect(await judged()).toBe('healthy in_contact')
  })

  it('does not count from a time when SCIM was off', async () => {
    const crew = await client.group('Crew')
    await client.scim.workspaces.change('acme', { scim: false })
    expect((await rename(crew, 'X')).status).toBe(403)
    await client.scim.workspaces.change('acme', { scim: true })
    expect(await judged()).toBe('healthy in_contact')
    expect((await health()).last24h).toEqual({ ok: 1, failed: 1 })
  })

  it('of another workspace is not seen', async () => {
    await client.scim.workspaces.create('other', { name: 'Other', scim: true })
    const { text } = await client.scim.tokens.issue('other', { label: 'x', createdBy: 'test' })
    await client.send('POST', '/Groups', {}, { authorization: `Bearer ${text}` })
    await client.get('/Groups')
    expect(await judged()).toBe('healthy in_contact')
    expect(await health('other')).toMatchObject({ state: 'failing', last24h: { ok: 0, failed: 1 } })
  })
})

describe('figures of an integration', () => {
  it('count people, groups, and the requests of a day with polls that were folded', async () => {
    await client.scim.workspaces.change('acme', { unknownUsers: 'pending' })
    await client.upsert({ id: 'usr_a', userName: 'a' }, { id: 'usr_b', userName: 'b' })
    await client.group('Crew', 'usr_a', 'usr_unknown')
    await client.group('Other', await client.pending('pat'))
    client.clock.now += DAY + MINUTE
    for (let poll = 0; poll < 5; poll += 1) {
      await client.get(PROBE)
      client.clock.now += MINUTE
    }
    await client.get('/Users/usr_nobody')
    expect(await client.scim.activity.list('acme', { method: 'GET' })).toHaveLength(2)
    expect(await health()).toMatchObject({ people: 3, groups: 2, last24h: { ok: 5, failed: 1 } })
  })

  it('count the problems that are open', async () => {
    const expectAgreement = async (count: number) => {
      const listed = await client.scim.problems.list('acme')
      expect([listed.length, (await health()).problems]).toEqual([count, count])
    }
    await client.scim.workspaces.change('acme', { unknownUsers: 'pending' })
    await expectAgreement(0)
    const crew = await client.group('Crew', 'usr_x', 'usr_y')
    await client.upsert({ id: 'usr_z', userName: 'z' })
    await client.addMembers(crew, 'usr_z')
    await client.remove('usr_z')
    await expectAgreement(3)
    await client.scim.problems.dismiss('acme', 'usr_x')
    await expectAgreement(2)
    await client.removeMembers(crew, 'usr_x')
    await client.addMembers(crew, 'usr_x')
    await expectAgreement(3)
    await client.pending('pat')
    await client.upsert({ id: 'usr_pat', userName: 'pat' })
    await expectAgreement(4)
    await client.pending('one@example.com')
    await client.pending('two@example.com')
    await client.pending('free@example.com')
    const emails = ['one', 'two'].map((name) => ({ value: `${name}@example.com`, verified: true }))
    await client.upsert({ id: 'usr_e', userName: 'e', emails })
    await expectAgreement(6)
    await issue({ lifetime: 3 * DAY })
    await expectAgreement(7)
  })
})

describe('all integrations', () => {
  it('are listed in pages by slug, each with what it says of itself', async () => {
    await client.get(PROBE)
    for (const slug of ['beta', 'alpha', 'gamma'])
      await client.scim.workspaces.create(slug, { name: slug, scim: slug !== 'beta' })
    await client.scim.tokens.issue('gamma', { label: 'x', createdBy: 'test' })
    const first = await client.scim.health.list({ limit: 3 })
    const second = await client.scim.health.list({ limit: 3, after: first.next as string })
    const all = [...first.integrations, ...second.integrations]
    expect(all.map(({ workspace, health: { state } }) => `${workspace.slug} ${state}`)).toEqual([
      'acme healthy',
      'alpha waiting',
      'beta off',
      'gamma waiting',
    ])
    expect(second.next).toBeUndefined()
    for (const one of all) expect(one.health).toEqual(await health(one.workspace.slug))
    await client.scim.workspaces.remove('alpha')
    expect((await client.scim.health.list()).integrations).toHaveLength(3)
    await expect(client.scim.health.list({ limit: 0 })).rejects.toMatchObject({ code: 'invalid_value' })
  })

  it('are asked for by as many statements, however many they are', async () => {
    const { store } = client.scim
    const { all, get } = store
    let count = 0
    store.all = ((...asked: Parameters<typeof all>) => {
      count += 1
      return all.apply(store, asked)
    }) as typeof all
    store.get = ((...asked: Parameters<typeof get>) => {
      count += 1
      return get.apply(store, asked)
    }) as typeof get
    const counted = async (limit: number) => {
      count = 0
      await client.scim.health.list({ limit })
      return count
    }
    await client.post('/Groups', {})
    for (const slug of ['b1', 'b2', 'b3', 'b4']) {
      await client.scim.workspaces.create(slug, { name: slug, scim: true })
      const { text } = await client.scim.tokens.issue(slug, { label: 'x', createdBy: 'test' })
      await client.send('POST', '/Groups', {}, { authorization: `Bearer ${text}` })
    }
    // The first time, each settled hour of the day has a statement of its own.
    expect([await counted(1), await counted(2), await counted(5)]).toEqual([32, 32, 32])
    expect([await counted(1), await counted(2), await counted(5)]).toEqual([10, 10, 10])
  })
})

it('every reason is there in both languages, with the same facts', () => {
  const facts = (text: string) => Array.from(text.matchAll(/\{\w+\}/g), String).sort()
  expect(Object.keys(GERMAN)).toEqual(Object.keys(ENGLISH))
  for (const [key, text] of Object.entries(ENGLISH)) {
    expect([key, facts(GERMAN[key as keyof typeof ENGLISH])]).toEqual([key, facts(text)])
  }
})
