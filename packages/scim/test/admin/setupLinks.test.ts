import { beforeEach, describe, expect, it } from 'vitest'
import { type SetupLink, SetupRefused } from '../../src/index.ts'
import type { Client } from '../people/support.ts'
import { DAY, disguised, ELSEWHERE, FROM, mistyped, openTwo } from './support.ts'

describe('setup links', () => {
  let client: Client
  let links: Client['scim']['setupLinks']
  beforeEach(async () => {
    client = (await openTwo()).acme
    links = client.scim.setupLinks
  })

  const create = () => links.create('acme', { provider: 'entra', note: 'for Ian', by: 'Olga' })

  async function claimed(): Promise<{ link: SetupLink; secret: string; session: string }> {
    const { secret } = await create()
    return { secret, ...(await links.claim(secret, FROM)) }
  }

  /** The code with which something is refused. */
  async function refused(call: Promise<unknown>): Promise<string> {
    const error = await call.then(
      () => 'done',
      (error: unknown) => error,
    )
    return error instanceof SetupRefused ? error.code : `not refused: ${error}`
  }

  const status = async (token: string) => (await client.get('/Groups', { authorization: `Bearer ${token}` })).status

  describe('are made', () => {
    it('for seven days and one provider, and open until they are claimed', async () => {
      const { link, secret } = await create()
      expect(link).toMatchObject({
        provider: 'entra',
        note: 'for Ian',
        createdBy: 'Olga',
        createdAt: client.clock.now,
        expiresAt: client.clock.now + 7 * DAY,
        revokedAt: null,
        claimed: null,
        issued: null,
        state: 'open',
      })
      expect(secret).toMatch(/^opt_setup_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}$/)
      expect(await links.list('acme')).toEqual([link])
      expect(await links.list('beta')).toEqual([])
    })

    it('without a secret of theirs in the store', async () => {
      const { secret, session } = await claimed()
      for (const text of [secret, session])
        expect(await client.filesWith(text.split('_')[3]?.slice(0, 43) ?? '')).toEqual([])
      expect(await client.filesWith('for Ian')).not.toEqual([])
    })

    it('only for a provider and a workspace that there are', async () => {
      const wrong = { provider: 'nobody' as 'entra', by: 'Olga' }
      await expect(links.create('acme', wrong)).rejects.toMatchObject({ code: 'invalid_value' })
      await expect(links.create('nobody', { provider: 'okta', by: 'Olga' })).rejects.toMatchObject({ code: 'unknown' })
      await expect(links.create('acme', { provider: 'okta', by: ' ' })).rejects.toMatchObject({
        code: 'invalid_value',
      })
    })
  })

  describe('are claimed', () => {
    it('by one browser, with its address and time', async () => {
      const { secret } = await create()
      client.clock.now += DAY
      const { session, link } = await links.claim(secret, FROM)
      expect(link).toMatchObject({ state: 'claimed', claimed: { at: client.clock.now, ...FROM } })
      expect(await links.list('acme')).toEqual([link])
      expect(session).toMatch(/^opt_session_/)
      expect(await links.open(session)).toEqual({
        workspace: { slug: 'acme', name: 'acme Inc.' },
        link,
        token: null,
      })
    })

    it('once: later claims are refused and change nothing', async () => {
      const { secret, session, link } = await claimed()
      client.clock.now += 1
      expect(await refused(links.claim(secret, ELSEWHERE))).toBe('claimed')
      expect(await links.list('acme')).toEqual([link])
      expect(await links.open(session)).toBeDefined()
    })

    it('by exactly one of many at once', async () => {
      const { secret } = await create()
      const claims = await Promise.allSettled(
        Array.from({ length: 12 }, (_, index) => links.claim(secret, { address: `192.0.2.${index}`, client: null })),
      )
      const won = claims.flatMap((claim, index) => (claim.status === 'fulfilled' ? [{ ...claim.value, index }] : []))
      const lost = claims.flatMap((claim) => (claim.status === 'rejected' ? [claim.reason.code] : []))
      expect(won).toHaveLength(1)
      expect(lost).toEqual(Array(11).fill('claimed'))
      expect((await links.open(won[0]?.session ?? ''))?.link.claimed?.address).toBe(`192.0.2.${won[0]?.index}`)
    })

    it('until the end of the seventh day', async () => {
      const { secret } = await create()
      const { secret: late } = await create()
      client.clock.now += 7 * DAY - 1
      expect((await links.claim(secret, FROM)).link.state).toBe('claimed')
      client.clock.now += 1
      expect(await refused(links.claim(late, FROM))).toBe('expired')
      expect((await links.list('acme')).map(({ state, claimed }) => [state, claimed === null])).toEqual(
        expect.arrayContaining([
          ['expired', false],
          ['expired', true],
        ]),
      )
    })

    it('not once they are revoked', async () => {
      const { secret, link } = await create()
      await links.revoke('acme', link.id)
      expect(await refused(links.claim(secret, FROM))).toBe('revoked')
    })

    it('by nothing but their secret', async () => {
      const { secret, link } = await create()
      const other = await create()
      const { session } = await links.claim(other.secret, FROM)
      const swapped = secret.replace(link.id, other.link.id)
      const wrong = ['', link.id, mistyped(secret), swapped, session, client.token, disguised(session, 'opt_setup_')]
      for (const text of wrong) expect([text, await refused(links.claim(text, FROM))]).toEqual([text, 'unknown'])
      expect((await links.list('acme')).find(({ id }) => id === link.id)).toMatchObject({ state: 'open' })
    })
  })

  describe('have a session', () => {
    it('that opens nothing without its own secret', async () => {
      const { secret, session } = await claimed()
      const other = await claimed()
      const swapped = session.replace(session.split('_')[2] ?? '', other.link.id)
      for (const text of ['', secret, disguised(secret, 'opt_session_'), mistyped(session), swapped, client.token]) {
        expect([text, await links.open(text)]).toEqual([text, undefined])
        expect([text, await refused(links.issueToken(text, FROM))]).toEqual([text, 'unknown'])
      }
      expect(await client.scim.tokens.list('acme')).toHaveLength(1)
    })

    it('that opens nothing once the link is revoked', async () => {
      const { session, link } = await claimed()
      await links.revoke('acme', link.id)
      expect(await links.open(session)).toBeUndefined()
      expect(await refused(links.issueToken(session, FROM))).toBe('revoked')
    })

    it('that opens nothing once the link has expired', async () => {
      const { session } = await claimed()
      client.clock.now += 7 * DAY - 1
      expect(await links.open(session)).toBeDefined()
      client.clock.now += 1
      expect(await links.open(session)).toBeUndefined()
      expect(await refused(links.issueToken(session, FROM))).toBe('expired')
      expect(await client.scim.tokens.list('acme')).toHaveLength(1)
    })

    it('that opens nothing once the workspace is gone', async () => {
      const { session, secret } = await claimed()
      const theirs = await links.create('beta', { provider: 'okta', by: 'Olga' })
      await client.scim.workspaces.remove('acme')
      expect(await links.open(session)).toBeUndefined()
      expect(await refused(links.issueToken(session, FROM))).toBe('unknown')
      expect(await refused(links.claim(secret, FROM))).toBe('unknown')
      expect(await client.sql('select l.id from {setup_links} l')).toEqual([{ id: theirs.link.id }])
    })
  })

  describe('issue', () => {
    it('a token that works, and tell when and from where', async () => {
      const { session, link } = await claimed()
      client.clock.now += DAY
      const { token, text } = await links.issueToken(session, ELSEWHERE)
      expect(token).toMatchObject({ provider: 'entra', createdBy: 'setup link of Olga', state: 'live' })
      expect(await status(text)).toBe(200)
      expect(await links.list('acme')).toMatchObject([
        { id: link.id, issued: { at: client.clock.now, ...ELSEWHERE, token: token.id } },
      ])
      expect((await links.open(session))?.token).toMatchObject({ id: token.id })
    })

    it('another, which retires the one before, and no token of others', async () => {
      const { session } = await claimed()
      const other = await links.issueToken((await claimed()).session, FROM)
      const first = await links.issueToken(session, FROM)
      expect(await status(first.text)).toBe(200)
      const second = await links.issueToken(session, FROM)
      expect(await status(first.text)).toBe(401)
      expect([await status(second.text), await status(other.text), await status(client.token)]).toEqual([200, 200, 200])
      expect((await links.open(session))?.token).toMatchObject({ id: second.token.id, state: 'live' })
    })

    it('one live token, however many are asked for at once', async () => {
      const { session } = await claimed()
      const issued = await Promise.all(Array.from({ length: 8 }, () => links.issueToken(session, FROM)))
      const live = (await client.scim.tokens.list('acme')).filter(
        ({ state, id }) => state === 'live' && issued.some(({ token }) => token.id === id),
      )
      expect(live).toHaveLength(1)
      expect((await links.open(session))?.token?.id).toBe(live[0]?.id)
    })

    it('another, where an admin has revoked the one before', async () => {
      const { session } = await claimed()
      const { token } = await links.issueToken(session, FROM)
      await client.scim.tokens.revoke('acme', token.id)
      expect((await links.open(session))?.token).toMatchObject({ id: token.id, state: 'revoked' })
      expect(await status((await links.issueToken(session, FROM)).text)).toBe(200)
    })
  })

  describe('are revoked', () => {
    it('with the token they hold, or without', async () => {
      const [one, two] = [await claimed(), await claimed()]
      const kept = await links.issueToken(one.session, FROM)
      const gone = await links.issueToken(two.session, FROM)
      expect([await status(kept.text), await status(gone.text)]).toEqual([200, 200])
      expect(await links.revoke('acme', one.link.id)).toMatchObject({ state: 'revoked', revokedAt: client.clock.now })
      await links.revoke('acme', two.link.id, { token: true })
      expect([await status(kept.text), await status(gone.text), await status(client.token)]).toEqual([200, 401, 200])
    })

    it('once, and their token can still be revoked later', async () => {
      const { session, link } = await claimed()
      const { text } = await links.issueToken(session, FROM)
      const first = await links.revoke('acme', link.id)
      client.clock.now += DAY
      expect(await links.revoke('acme', link.id, { token: true })).toEqual(first)
      expect(await status(text)).toBe(401)
    })

    it('leaving no token, where one is issued at the same time', async () => {
      const { session, link } = await claimed()
      await links.issueToken(session, FROM)
      const issuing = Array.from({ length: 6 }, () => links.issueToken(session, FROM).catch(() => undefined))
      await Promise.all([...issuing.slice(0, 3), links.revoke('acme', link.id, { token: true }), ...issuing.slice(3)])
      const states = (await client.scim.tokens.list('acme')).filter(({ label }) => label === 'Setup link')
      expect(states.length).toBeGreaterThan(0)
      expect(states.filter(({ state }) => state !== 'revoked')).toEqual([])
    })

    it('by their own workspace only', async () => {
      const { session, link } = await claimed()
      expect(await links.revoke('beta', link.id, { token: true })).toBeUndefined()
      expect(await links.revoke('acme', 'nothing')).toBeUndefined()
      expect(await links.open(session)).toBeDefined()
    })
  })
})
