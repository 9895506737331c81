import { describe, expect, test } from 'vitest'
import { DAY, MINUTE } from '../../src/base/clock.ts'
import { ADMIN, openAdmin } from './support.ts'

const ACTIVITY = '/workspaces/acme/activity'
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'

describe('activity', () => {
  test('is told in English and German, the newest first', async () => {
    const service = await openAdmin()
    const { client } = service
    await client.upsert({ id: 'usr_a', userName: 'ana', displayName: 'Ana' })
    const group = await client.group('Sales', 'usr_a')
    client.clock.now += MINUTE
    await client.removeMembers(group, 'usr_a')
    client.clock.now += MINUTE
    await client.get('/Users?filter=userName%20eq%20%22ana%22')
    client.clock.now += MINUTE
    await client.patch('/Users/usr_a', [{ op: 'replace', path: 'active', value: false }])
    client.clock.now += MINUTE
    await client.post('/Groups', { displayName: 'SALES' })
    const { items } = (await service.as(ADMIN).get(ACTIVITY)).json
    const sentences = items.map(({ sentence }: { sentence: object }) => sentence)
    expect(sentences).toEqual([
      {
        en: 'Entra could not create the group: the group name is taken',
        de: 'Entra konnte die Gruppe nicht anlegen: Der Gruppenname ist vergeben',
      },
      { en: 'Entra: Ana: suspended, wrote active', de: 'Entra: Ana: gesperrt, active geschrieben' },
      { en: 'Entra: looked up userName eq "ana", found 1', de: 'Entra: gesucht nach userName eq "ana", 1 gefunden' },
      { en: 'Entra: "Sales": 1 member removed', de: 'Entra: „Sales“: 1 Mitglied entfernt' },
      { en: 'Entra: "Sales": created, 1 member added', de: 'Entra: „Sales“: angelegt, 1 Mitglied hinzugefügt' },
    ])
  })

  test('says in one sentence what was refused, and why', async () => {
    const service = await openAdmin()
    const { client } = service
    await client.upsert({ id: 'usr_a', userName: 'ana', displayName: 'Ana' })
    const group = await client.group('Sales')
    const sentence = async () => (await service.as(ADMIN).get(ACTIVITY)).json.items[0].sentence
    await client.post('/Users', { schemas: [USER], userName: 'bea' })
    expect(await sentence()).toEqual({
      en: 'Entra could not create the user: users are not created here (policy)',
      de: 'Entra konnte den Benutzer nicht anlegen: Benutzer werden hier nicht angelegt (Einstellung)',
    })
    client.clock.now += MINUTE
    await client.patch('/Users/usr_a', [{ op: 'bad' }])
    expect(await sentence()).toEqual({
      en: 'Entra could not change Ana: the request cannot be read',
      de: 'Entra konnte Ana nicht ändern: Die Anfrage ist nicht zu lesen',
    })
    client.clock.now += MINUTE
    await client.patch(`/Groups/${group}`, [{ op: 'replace', path: 'colour', value: 'red' }])
    expect((await sentence()).en).toBe('Entra could not change "Sales": it names an attribute that does not exist')
    client.clock.now += MINUTE
    await client.get('/Groups?filter=colour%20eq%20%22red%22')
    expect((await sentence()).de).toBe('Entra konnte nicht nach Gruppen suchen: Der Filter ist nicht anwendbar')
    client.clock.now += MINUTE
    await client.post('/Bulk', {})
    expect((await sentence()).en).toBe('Entra asked in vain for POST /Bulk: that is not offered here')
    client.clock.now += MINUTE
    await client.get('/Users')
    expect((await sentence()).de).toBe('Entra: alle aufgelistet, 1 gefunden')
  })

  test('is filtered, comes in pages, and is followed', async () => {
    const service = await openAdmin()
    const { client } = service
    const admin = service.as(ADMIN)
    // Ids ascend within a process, and times are found by them: later than in any other test here.
    client.clock.now += DAY
    await client.upsert({ id: 'usr_a', userName: 'ana' })
    const times: string[] = []
    const group = await client.group('Sales')
    for (const step of [1, 2, 3]) {
      client.clock.now += MINUTE
      times.push(new Date(client.clock.now).toISOString())
      if (step < 3) await client.addMembers(group, `usr_${step}`)
      else await client.delete('/Groups/grp_01ARZ3NDEKTSV4RRFFQ69G5FAV')
    }
    const methods = async (query: string) =>
      (await admin.get(`${ACTIVITY}?${query}`)).json.items.map(({ method }: { method: string }) => method)
    expect(await methods('')).toEqual(['DELETE', 'PATCH', 'PATCH', 'POST'])
    expect(await methods('outcome=failed')).toEqual(['DELETE'])
    expect(await methods('method=PATCH')).toEqual(['PATCH', 'PATCH'])
    expect(await methods(`group=${group}`)).toEqual(['PATCH', 'PATCH', 'POST'])
    expect(await methods(`from=${times[1]}`)).toEqual(['DELETE', 'PATCH'])
    expect(await methods(`to=${times[0]}`)).toEqual(['POST'])
    const [token] = await service.scim.tokens.list('acme')
    expect(await methods(`token=${token?.id}&outcome=ok`)).toEqual(['PATCH', 'PATCH', 'POST'])
    const first = (await admin.get(`${ACTIVITY}?limit=3`)).json
    expect((await admin.get(`${ACTIVITY}?limit=3&after=${first.next}`)).json).toMatchObject({
      ...{ items: [{ method: 'POST' }], next: null },
    })
    const since = first.items[2].id
    expect(await methods(`since=${since}`)).toEqual(['PATCH', 'DELETE'])
    expect(await methods(`since=${since}&outcome=failed`)).toEqual(['DELETE'])
    for (const query of ['outcome=good', 'method=TRACE', 'from=today', 'colour=red', 'method=PATCH&method=PUT'])
      expect((await admin.get(`${ACTIVITY}?${query}`)).json.code).toBe('invalid_request')
  })

  test('is found by the names of people and groups, and by ids first', async () => {
    const service = await openAdmin()
    const { client } = service
    const admin = service.as(ADMIN)
    await client.upsert({ id: 'usr_a', userName: 'ana@x.example' }, { id: 'usr_b', userName: 'usr_a' })
    const group = await client.group('Eng')
    client.clock.now += MINUTE
    await client.put('/Users/usr_a', { nickName: 'A' })
    client.clock.now += MINUTE
    await client.put('/Users/usr_b', { nickName: 'B' })
    const found = async (query: string) =>
      (await admin.get(`${ACTIVITY}?${query}`)).json.items.map(
        ({ personId, groupId }: { personId: string; groupId: string }) => personId ?? groupId,
      )
    expect(await found('person=ANA@x.example')).toEqual(['usr_a'])
    expect(await found('person=usr_a')).toEqual(['usr_a'])
    expect(await found('group=eng')).toEqual([group])
    await client.delete(`/Groups/${group}`)
    expect(await found('group=ENG&outcome=ok')).toEqual([group, group])
    expect([await found('group=En'), await found('person=nobody')]).toEqual([[], []])
  })

  test('shows one request with its reason, its rules and its repetition', async () => {
    const service = await openAdmin()
    const { client } = service
    const admin = service.as(ADMIN)
    const group = await client.group("Ana's $(team)")
    await client.patch(`/Groups/${group}`, [{ op: 'Replace', value: { displayName: "Bo's `team`" } }])
    const { items } = (await admin.get(ACTIVITY)).json
    const { json } = await admin.get(`${ACTIVITY}/${items[0].id}`)
    expect(json).toMatchObject({
      before: { displayName: "Ana's $(team)" },
      after: { displayName: "Bo's `team`" },
      group: { id: group, displayName: "Bo's `team`" },
      dialectRules: [
        {
          name: 'operation-name-case',
          description: { en: expect.any(String), de: expect.stringContaining('gelten als') },
        },
      ],
      explanation: null,
    })
    expect(json.curl).toContain('$SCIM_TOKEN')
    expect(json.curl).not.toContain(client.token)
    await client.post('/Groups', { displayName: "BO'S `TEAM`" })
    const refused = (await admin.get(`${ACTIVITY}?outcome=failed`)).json.items[0]
    const detail = (await admin.get(`${ACTIVITY}/${refused.id}`)).json
    expect(detail).toMatchObject({ status: 409, problem: 'group_name_taken', before: null, after: null })
    expect(detail.explanation.en).toContain('same display name')
    expect(detail.explanation.de).toContain('denselben Anzeigenamen')
    expect(detail.fix).toEqual({ en: expect.stringContaining('Rename'), de: expect.stringContaining('Benennen') })
    expect(refused.fix).toEqual(detail.fix)
    expect((await admin.get(`${ACTIVITY}/act_none`)).json.code).toBe('activity_unknown')
  })

  test('shows what a write changed: members before and after, and who they are', async () => {
    const service = await openAdmin()
    const { client } = service
    const admin = service.as(ADMIN)
    const detail = async () => {
      client.clock.now += MINUTE
      return (await admin.get(`${ACTIVITY}/${(await admin.get(ACTIVITY)).json.items[0].id}`)).json
    }
    const ids = Array.from({ length: 60 }, (_, index) => `usr_m${index}`)
    await client.upsert(...ids.map((id) => ({ id, userName: id })))
    const group = await client.group('Sales', 'usr_first')
    expect(await detail()).toMatchObject({
      before: { members: 0 },
      after: { members: 1 },
      changes: [{ kind: 'group_created' }, { kind: 'members_added', people: [{ id: 'usr_first' }] }],
    })
    await client.addMembers(group, ...ids)
    const added = await detail()
    expect(added).toMatchObject({ before: { members: 1 }, after: { members: 61 }, attributes: [] })
    expect(added.changes).toMatchObject([{ kind: 'members_added', peopleCount: 60, request: added.id }])
    const { position } = added.changes[0]
    const { items } = (await admin.get(`/workspaces/acme/history/${position}/people?limit=100`)).json
    expect(items.map(({ id }: { id: string }) => id).sort()).toEqual([...ids].sort())
    await client.patch(`/Groups/${group}`, [
      { op: 'add', path: 'members', value: [{ value: 'usr_x' }] },
      { op: 'remove', path: 'members', value: [{ value: 'usr_m0' }, { value: 'usr_m1' }] },
    ])
    expect(await detail()).toMatchObject({ before: { members: 61 }, after: { members: 60 } })
    await client.delete(`/Groups/${group}`)
    expect(await detail()).toMatchObject({
      ...{ before: { members: 60 }, after: { members: 0 } },
      changes: [{ kind: 'group_deleted', peopleCount: 60 }],
    })
  })

  test('of a write to a person, says which attributes changed', async () => {
    const service = await openAdmin()
    const { client } = service
    const admin = service.as(ADMIN)
    await client.upsert({ id: 'usr_a', userName: 'ana' })
    await client.group('Sales', 'usr_a')
    const detail = async () => {
      client.clock.now += MINUTE
      return (await admin.get(`${ACTIVITY}/${(await admin.get(ACTIVITY)).json.items[0].id}`)).json
    }
    await client.patch('/Users/usr_a', [{ op: 'replace', value: { title: 'Chef', displayName: 'Ana', active: false } }])
    expect(await detail()).toMatchObject({
      before: { suspended: false },
      after: { suspended: true },
      attributes: ['title', 'displayName', 'active'],
      changes: [{ kind: 'person_suspended' }],
    })
    await client.delete('/Users/usr_a')
    expect((await detail()).changes).toMatchObject([
      { kind: 'members_removed', group: { displayName: 'Sales' } },
      { kind: 'person_resumed' },
    ])
  })

  test('repeats a request with its body only where all of it is kept', async () => {
    const service = await openAdmin()
    const { client } = service
    const admin = service.as(ADMIN)
    await client.upsert({ id: 'usr_a', userName: 'ana' }, { id: 'usr_e', userName: 'eve', displayName: 'Eve Adams' })
    const group = await client.group('Sales', 'usr_a')
    const newest = async () => {
      client.clock.now += MINUTE
      return (await admin.get(`${ACTIVITY}/${(await admin.get(ACTIVITY)).json.items[0].id}`)).json
    }
    const rename = (value: string) => client.patch(`/Groups/${group}`, [{ op: 'replace', path: 'displayName', value }])
    const FROM_FILE = { curlNeedsBody: true, curl: expect.stringContaining(' --data @body.json ') }
    // What looks like a value that is withheld, and is none.
    for (const name of ['… (5 characters)', 'x'.repeat(200), 'a…']) {
      await rename(name)
      expect(await newest()).toMatchObject({ curlNeedsBody: false, curl: expect.stringContaining(`"${name}"`) })
    }
    await rename('x'.repeat(201))
    expect(await newest()).toMatchObject(FROM_FILE)
    await rename('Sales')
    await rename('SALES TEAM of Eve Adams')
    expect(await newest()).toMatchObject({ curlNeedsBody: false })
    await client.patch('/Users/usr_a', [{ op: 'replace', path: 'displayName', value: 'Ana…' }])
    expect(await newest()).toMatchObject(FROM_FILE)
    await client.addMembers(group, ...Array.from({ length: 21 }, (_, index) => `usr_x${index}`))
    expect(await newest()).toMatchObject(FROM_FILE)
    await client.post('/Groups', { displayName: 'Sales team of eve adams' })
    expect(await newest()).toMatchObject({ status: 409, effect: null, curlNeedsBody: false })
    await client.get('/Groups')
    expect(await newest()).toMatchObject({ curlNeedsBody: false })
    await service.scim.history.erase('acme', 'usr_e', { by: 'Jo' })
    const { items } = (await admin.get(`${ACTIVITY}?outcome=failed`)).json
    const erased = (await admin.get(`${ACTIVITY}/${items[0].id}`)).json
    expect(JSON.stringify(erased.body)).toContain('[erased]')
    expect(erased).toMatchObject(FROM_FILE)
  })

  test('shows the very answer of what was refused', async () => {
    const service = await openAdmin()
    const { client } = service
    const admin = service.as(ADMIN)
    await client.group('Sales')
    const answered = await client.post('/Groups', { displayName: 'SALES' })
    const { items } = (await admin.get(ACTIVITY)).json
    expect((await admin.get(`${ACTIVITY}/${items[0].id}`)).json.response).toEqual({
      status: 409,
      headers: {},
      carries: 'error',
      body: answered.body,
      totalResults: null,
      resource: null,
    })
    const refused = await client.put('/Schemas', {})
    const [newest] = (await admin.get(ACTIVITY)).json.items
    expect((await admin.get(`${ACTIVITY}/${newest.id}`)).json.response).toMatchObject({
      status: 405,
      headers: { Allow: refused.headers.get('allow') },
      body: refused.body,
    })
  })

  test('says of a success what it was answered with, and invents nothing', async () => {
    const service = await openAdmin()
    const { client } = service
    const admin = service.as(ADMIN)
    const responses = async (count: number) => {
      const { items } = (await admin.get(ACTIVITY)).json
      return Promise.all(
        items
          .slice(0, count)
          .map(async ({ id }: { id: string }) => (await admin.get(`${ACTIVITY}/${id}`)).json.response),
      )
    }
    await client.upsert({ id: 'usr_a', userName: 'ana' })
    const created = await client.post('/Groups', { displayName: 'Sales' })
    const group = created.body.id
    const moment = () => (client.clock.now += MINUTE)
    moment()
    const patched = await client.addMembers(group, 'usr_a')
    moment()
    await client.get(`/Groups/${group}`)
    moment()
    await client.get('/Users?filter=userName%20eq%20%22ana%22')
    moment()
    await client.get('/ServiceProviderConfig')
    moment()
    const written = await client.patch('/Users/usr_a', [{ op: 'replace', path: 'nickName', value: 'A' }])
    moment()
    await client.delete(`/Groups/${group}`)
    const none = { body: null, totalResults: null, resource: null, headers: {} }
    expect(await responses(7)).toEqual([
      { ...none, status: 204, carries: 'nothing' },
      {
        ...{ ...none, status: 200, carries: 'resource' },
        headers: { ETag: written.headers.get('etag') },
        resource: { id: 'usr_a', version: written.headers.get('etag') },
      },
      { ...none, status: 200, carries: 'discovery' },
      { ...none, status: 200, carries: 'list', totalResults: 1 },
      { ...none, status: 200, carries: 'resource', resource: { id: group, version: null } },
      {
        ...{ ...none, status: 204, carries: 'nothing' },
        headers: { ETag: patched.headers.get('etag') },
      },
      {
        ...{ ...none, status: 201, carries: 'resource' },
        headers: { Location: created.headers.get('location'), ETag: created.headers.get('etag') },
        resource: { id: group, version: created.headers.get('etag') },
      },
    ])
  })

  test('what failed and was not put right is listed by its cause, with what to do', async () => {
    const service = await openAdmin()
    const { client } = service
    const admin = service.as(ADMIN)
    for (const userName of ['x', 'y', 'z']) await client.post('/Users', { schemas: [USER], userName })
    client.clock.now += MINUTE
    await client.group('Sales')
    await client.post('/Groups', { displayName: 'sales' })
    const { items, more } = (await admin.get('/workspaces/acme/failures')).json
    expect(more).toBe(false)
    expect(items).toMatchObject([
      { problem: 'group_name_taken', count: 1, title: { en: 'The group name is taken' } },
      {
        ...{ problem: 'user_creation_refused', count: 3 },
        title: { en: 'Users are not created here (policy)', de: expect.stringContaining('nicht angelegt') },
        cause: { en: expect.stringContaining('People exist'), de: expect.stringContaining('Personen gibt es') },
        fix: { en: expect.stringContaining('Invite'), de: expect.stringContaining('Laden') },
      },
    ])
    const filtered = (await admin.get(`${ACTIVITY}?outcome=failed&problem=user_creation_refused`)).json.items
    expect(filtered.map(({ status }: { status: number }) => status)).toEqual([403, 403, 403])
  })

  test('of another workspace is not found', async () => {
    const service = await openAdmin()
    await service.client.group('Sales')
    const [entry] = await service.scim.activity.list('acme')
    await service.scim.workspaces.create('zeta', { name: 'Zeta' })
    const zeta = service.as({ kind: 'workspace_admin', id: 'z', name: 'Z', workspaces: ['zeta'] })
    expect((await zeta.get(`/workspaces/zeta/activity/${entry?.id}`)).status).toBe(404)
  })
})
