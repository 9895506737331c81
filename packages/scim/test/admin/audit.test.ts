import { beforeEach, describe, expect, it } from 'vitest'
import { AUDIT_DAYS } from '../../src/provisioning/audit/audit.ts'
import type { Client } from '../people/support.ts'
import { DAY, openTwo } from './support.ts'

const OLGA = { kind: 'operator', id: 'op_1', name: 'Olga' }

describe('the audit trail', () => {
  let client: Client
  beforeEach(async () => {
    client = (await openTwo()).acme
  })

  function write(workspace: string | null, given: Partial<Parameters<Client['scim']['audit']['write']>[0]> = {}) {
    return client.scim.audit.write({
      workspace,
      actor: OLGA,
      address: '192.0.2.7',
      action: 'issueToken',
      target: 'tok',
      status: 201,
      ...given,
    })
  }

  it('says who did what, from where, when, and how it ended', async () => {
    const id = await write('acme', { details: { label: 'Entra', count: 2 } })
    expect(id).toMatch(/^aud_[0-9A-Z]{26}$/)
    const { entries, next } = await client.scim.audit.list('acme')
    expect(next).toBeNull()
    expect(entries).toEqual([
      {
        id,
        at: client.clock.now,
        workspace: 'acme',
        actor: OLGA,
        address: '192.0.2.7',
        action: 'issueToken',
        target: 'tok',
        status: 201,
        details: { label: 'Entra', count: 2 },
        read: false,
      },
    ])
  })

  it('has what is being done before it is, and how it ended once it has', async () => {
    const intent = { workspace: 'acme', actor: OLGA, address: null, action: 'issueToken', target: null }
    const begun = await client.scim.audit.begin(intent)
    expect((await client.scim.audit.list('acme')).entries).toMatchObject([{ id: begun.id, status: null, target: null }])
    await begun.settle({ status: 201, target: 'tok', details: { count: 1 } })
    const outcome = { status: 201, target: 'tok', details: { count: 1 }, read: false }
    const ended = { ...intent, id: begun.id, at: client.clock.now, ...outcome }
    expect((await client.scim.audit.list('acme')).entries).toEqual([ended])
    await begun.settle({ status: 204 })
    expect((await client.scim.audit.list('acme')).entries).toEqual([ended])
    expect((await client.scim.audit.list(null)).entries).toEqual([])
  })

  it('is settled once: of the service too, and of what stayed with the service', async () => {
    const intent = { actor: OLGA, address: null, action: 'issueKey', target: null }
    const ofService = await client.scim.audit.begin({ ...intent, workspace: null })
    const ofGone = await client.scim.audit.begin({ ...intent, workspace: 'acme' })
    await client.scim.workspaces.remove('acme')
    for (const begun of [ofService, ofGone]) {
      await begun.settle({ status: 201 })
      await begun.settle({ status: 500 })
    }
    const { entries } = await client.scim.audit.list(null)
    expect(entries.map(({ id, status }) => [id, status])).toEqual([
      [ofGone.id, 201],
      [ofService.id, 201],
    ])
  })

  it('says in the service’s trail how it ended where the workspace’s went with it', async () => {
    const intent = { workspace: 'acme', actor: OLGA, address: null, action: 'issueToken', target: null }
    const begun = await client.scim.audit.begin(intent)
    await client.scim.workspaces.remove('acme')
    await begun.settle({ status: 404 })
    expect((await client.scim.audit.list(null)).entries).toMatchObject([
      { id: begun.id, workspace: 'acme', status: 404 },
    ])
  })

  it('keeps apart what is about each workspace and what is about the service', async () => {
    const [ours, theirs, services] = [await write('acme'), await write('beta'), await write(null, { target: null })]
    const ids = async (slug: string | null) => (await client.scim.audit.list(slug)).entries.map(({ id }) => id)
    expect([await ids('acme'), await ids('beta'), await ids(null)]).toEqual([[ours], [theirs], [services]])
    expect((await client.scim.audit.list(null)).entries).toMatchObject([
      { workspace: null, target: null, details: null },
    ])
  })

  it('is read newest first in pages, and misses nothing that is older while newer ones come', async () => {
    const written: string[] = []
    for (let i = 0; i < 7; i++) written.push(await write('acme'))
    const read: string[] = []
    let before: string | undefined
    do {
      const { entries, next } = await client.scim.audit.list('acme', { before, limit: 3 })
      read.push(...entries.map(({ id }) => id))
      before = next ?? undefined
      await write('acme')
    } while (before !== undefined)
    expect(read).toEqual(written.reverse())
  })

  it('lists what was read where that is asked for, in pages too', async () => {
    const [first, read, second] = [await write('acme'), await write('acme', { read: true }), await write('acme')]
    const list = (query: object) => client.scim.audit.list('acme', query)
    expect((await list({})).entries.map(({ id }) => id)).toEqual([second, first])
    expect((await list({ reads: true })).entries.map(({ id, read }) => [id, read])).toEqual([
      [second, false],
      [read, true],
      [first, false],
    ])
    expect((await list({ limit: 2 })).next).toBeNull()
    expect(await list({ limit: 2, reads: true })).toMatchObject({ next: read })
    expect(await list({ before: read, reads: true })).toMatchObject({ entries: [{ id: first }], next: null })
  })

  it('has no further page where the last one is full', async () => {
    for (let i = 0; i < 3; i++) await write('acme')
    expect((await client.scim.audit.list('acme', { limit: 3 })).next).toBeNull()
    expect((await client.scim.audit.list('acme', { limit: 2 })).next).not.toBeNull()
  })

  it('keeps, for the service, what is about a workspace that is not there', async () => {
    await write('nobody', { action: 'readWorkspace', status: 404 })
    await write('acme')
    await client.scim.workspaces.remove('acme')
    await write('acme', { action: 'removeWorkspace', status: 204 })
    expect((await client.scim.audit.list(null)).entries).toMatchObject([
      { workspace: 'acme', action: 'removeWorkspace' },
      { workspace: 'nobody', action: 'readWorkspace' },
    ])
    expect(await client.sql('select a.id from {audit} a')).toHaveLength(2)
    await expect(client.scim.audit.list('acme')).rejects.toMatchObject({ name: 'WorkspaceRefused' })
  })

  it('keeps an entry whatever a request named, and of that what can be an id', async () => {
    const target = '\0 \uD800 \u{1F600} \u0027; drop table'
    await write('a\0b', { target, actor: { ...OLGA, name: 'O\0' }, address: '\0', details: { path: '\0\uDFFF' } })
    expect((await client.scim.audit.list(null)).entries).toMatchObject([
      { workspace: '…', target: '… … … … drop table', actor: { name: 'O\uFFFD' }, details: { path: '\0\uDFFF' } },
    ])
  })

  it('knows the ids of each kind by their form', async () => {
    const id = '00001BxYz0123456'
    const targets = [
      [{ person: 'usr_ana' }, 'usr_ana'],
      [{ person: 'ana' }, '…'],
      [{ person: 'ana@acme.example' }, '…'],
      [{ group: 'grp_01KG9YS7G05DJTRF1X327TCW2D' }, 'grp_01KG9YS7G05DJTRF1X327TCW2D'],
      [{ group: 'Sales' }, '…'],
      [{ workspace: 'zeta', token: id }, `zeta ${id}`],
      [{ workspace: 'Zeta Inc.', key: `${id}x` }, '… …'],
      [{ link: id }, id],
      [{ hold: 'hld_01KG9YS7G05DJTRF1X327TCW2D' }, 'hld_01KG9YS7G05DJTRF1X327TCW2D'],
      [{ admin: '0b9fd5a6-6a3a-4f6c-9d1c-3f2f1f5d7c11' }, '0b9fd5a6-6a3a-4f6c-9d1c-3f2f1f5d7c11'],
      [{ admin: 'ana@acme.example' }, '…'],
      [{}, null],
      [null, null],
    ] as const
    for (const [target] of targets) await write('acme', { target })
    const { entries } = await client.scim.audit.list('acme')
    expect(entries.reverse().map((entry) => entry.target)).toEqual(targets.map(([, shown]) => shown))
  })

  it('holds no secret, wherever one was pasted', async () => {
    const { text } = await client.scim.tokens.issue('acme', { label: 'x', createdBy: 'test' })
    const given = {
      ...{ workspace: text, address: text, action: 'issueToken', target: text },
      ...{ actor: { ...OLGA, id: text, name: `about ${text}` }, details: { given: [text], [text]: 1 } },
    }
    await client.scim.audit.write({ ...given, status: 404 })
    const begun = await client.scim.audit.begin(given)
    const outcome = { workspace: text, target: { token: text }, details: { given: text } }
    await begun.settle({ ...outcome, status: 404 })
    const { entries } = await client.scim.audit.list(null)
    expect(JSON.stringify(entries)).not.toContain(text.slice(-40))
    expect(entries).toMatchObject([{ target: '…', details: { given: '…' } }, { actor: { name: 'about …' } }])
  })

  it('is forgotten after 365 days, of workspaces and of the service, and not before', async () => {
    await write('acme')
    await write('beta')
    await write(null)
    client.clock.now += AUDIT_DAYS * DAY
    const [kept, services] = [await write('acme'), await write(null)]
    expect((await client.scim.prune()).audit).toBe(0)
    client.clock.now += 1
    expect((await client.scim.prune()).audit).toBe(3)
    expect((await client.scim.audit.list('acme')).entries.map(({ id }) => id)).toEqual([kept])
    expect((await client.scim.audit.list(null)).entries.map(({ id }) => id)).toEqual([services])
    expect((await client.scim.audit.list('beta')).entries).toEqual([])
  })

  it('refuses bounds that are none', async () => {
    for (const limit of [0, -1, 1.5, Number.NaN])
      await expect(client.scim.audit.list('acme', { limit })).rejects.toMatchObject({ code: 'invalid_value' })
  })
})
