import { describe, expect, it } from 'vitest'
import { ENTERPRISE, openService, USER_SCHEMA } from '../people/support.ts'

const ANA = {
  id: 'usr_ana',
  userName: 'ana@example.com',
  displayName: 'Ana',
  emails: [{ value: 'ana@example.com', verified: true }, { value: 'ana@home.example' }],
}

describe('the view of a person: the account overlaid by the record', () => {
  it('shows the account as a SCIM user', async () => {
    const client = await openService()
    await client.upsert(ANA)
    const { status, headers, body } = await client.get('/Users/usr_ana')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/scim+json')
    expect(body).toEqual({
      schemas: [USER_SCHEMA],
      id: 'usr_ana',
      userName: 'ana@example.com',
      displayName: 'Ana',
      emails: [
        { value: 'ana@example.com', type: 'work', primary: true },
        { value: 'ana@home.example', type: 'work', primary: false },
      ],
      active: true,
      groups: [],
      meta: {
        resourceType: 'User',
        created: '2026-01-31T12:00:00.000Z',
        lastModified: '2026-01-31T12:00:00.000Z',
        location: 'https://scim.example/api/auth/scim/v2/Users/usr_ana',
        version: 'W/"1"',
      },
    })
    expect(headers.get('etag')).toBe('W/"1"')
    expect(headers.get('content-location')).toBe(body.meta.location)
  })

  it('has one primary e-mail, whichever the host says', async () => {
    const client = await openService()
    const emails = [{ value: 'a@x.example' }, { value: 'b@x.example', primary: true }, { value: 'c@x.example' }]
    await client.upsert({ id: 'usr_ana', userName: 'ana', emails })
    const { body } = await client.get('/Users/usr_ana')
    expect(body.emails?.filter(({ primary }) => primary === true).map(({ value }) => value)).toEqual(['b@x.example'])
  })

  it('is the same for reads, filters and sorting', async () => {
    const client = await openService()
    await client.upsert(
      { id: 'usr_ana', userName: 'a', displayName: 'Zoe' },
      { id: 'usr_bo', userName: 'b', displayName: 'Mia' },
    )
    await client.put('/Users/usr_ana', { userName: 'zz', displayName: 'Abe', name: { familyName: 'Zuse' } })
    await client.put('/Users/usr_bo', { name: { familyName: 'Abel' } })

    expect((await client.get('/Users/usr_ana')).body).toMatchObject({ userName: 'zz', displayName: 'Abe' })
    expect(await client.find('displayName eq "abe"')).toEqual(['usr_ana'])
    expect(await client.find('displayName eq "Zoe"')).toEqual([])
    expect(await client.find('name.familyName sw "zu"')).toEqual(['usr_ana'])
    const sorted = async (query: string) => (await client.get(`/Users?${query}`)).body.Resources.map(({ id }) => id)
    expect(await sorted('sortBy=userName')).toEqual(['usr_bo', 'usr_ana'])
    expect(await sorted('sortBy=displayName')).toEqual(['usr_ana', 'usr_bo'])
    expect(await sorted('sortBy=name.familyName')).toEqual(['usr_bo', 'usr_ana'])
    expect(await sorted('sortBy=userName&sortOrder=descending&count=1')).toEqual(['usr_ana'])
  })

  it('keeps what the provider wrote when the account changes, and follows the account in the rest', async () => {
    const client = await openService()
    await client.upsert(ANA)
    await client.patch('/Users/usr_ana', [{ op: 'Replace', path: 'displayName', value: 'Ana' }])
    await client.upsert({ ...ANA, displayName: 'Anna', emails: [{ value: 'anna@example.com', verified: true }] })
    const { body } = await client.get('/Users/usr_ana')
    expect(body.displayName).toBe('Ana')
    expect(body.emails?.map(({ value }) => value)).toEqual(['anna@example.com'])
  })

  it('names a member as the view does', async () => {
    const client = await openService()
    await client.upsert({ id: 'usr_ana', userName: 'ana' }, { id: 'usr_bo', userName: 'bo' })
    const group = await client.group('Crew', 'usr_ana', 'usr_bo')
    await client.put('/Users/usr_ana', { name: { givenName: 'Ana', familyName: 'Müller' } })
    const { body } = await client.get(`/Groups/${group}`)
    expect(body.members.map(({ display }) => display)).toEqual(['Ana Müller', 'bo'])
  })

  it('lists groups, which nobody can write', async () => {
    const client = await openService()
    await client.upsert(ANA)
    const group = await client.group('Crew', 'usr_ana')
    const expected = {
      value: group,
      $ref: `https://scim.example/api/auth/scim/v2/Groups/${group}`,
      display: 'Crew',
      type: 'direct',
    }
    expect((await client.get('/Users/usr_ana')).body.groups).toEqual([expected])
    // Okta echoes what it has read, with its own "groups": [].
    const written = await client.put('/Users/usr_ana', { ...ANA, groups: [] })
    expect(written).toMatchObject({ status: 200, body: { groups: [expected] } })
    await client.patch('/Users/usr_ana', [{ op: 'replace', path: 'groups', value: [] }])
    await client.patch('/Users/usr_ana', [{ op: 'remove', path: 'groups' }])
    expect(await client.members(group)).toEqual(['usr_ana'])
    expect(await client.find(`groups.value eq "${group}"`)).toEqual(['usr_ana'])

    for (const path of ['/Users/usr_ana', '/Users']) {
      const { body } = await client.get(`${path}?excludedAttributes=groups`)
      expect((path === '/Users' ? body.Resources[0] : body) as object).not.toHaveProperty('groups')
    }
    const only = await client.get('/Users/usr_ana?attributes=groups.display')
    expect(only.body).toEqual({ schemas: [USER_SCHEMA], id: 'usr_ana', groups: [{ display: 'Crew' }] })
  })

  it('has the enterprise extension in schemas while the record has one of its attributes', async () => {
    const client = await openService()
    await client.upsert(ANA)
    const written = await client.put('/Users/usr_ana', {
      schemas: [USER_SCHEMA, ENTERPRISE],
      [ENTERPRISE]: { department: 'Ops', manager: { value: 'usr_boss' } },
    })
    expect(written.body.schemas).toEqual([USER_SCHEMA, ENTERPRISE])
    expect(written.body[ENTERPRISE]).toEqual({ department: 'Ops', manager: { value: 'usr_boss' } })
    expect(await client.find(`${ENTERPRISE}:department eq "ops"`)).toEqual(['usr_ana'])
    expect(await client.find(`schemas eq "${ENTERPRISE}"`)).toEqual(['usr_ana'])

    const cleared = await client.patch('/Users/usr_ana', [
      { op: 'remove', path: `${ENTERPRISE}:department` },
      { op: 'replace', path: `${ENTERPRISE}:manager`, value: { value: '' } },
    ])
    expect(cleared.body.schemas).toEqual([USER_SCHEMA])
    expect(cleared.body).not.toHaveProperty(ENTERPRISE)
    expect(await client.find(`schemas eq "${ENTERPRISE}"`)).toEqual([])
  })
})
