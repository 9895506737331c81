const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

/** What an identity provider sends, with a token. */
export function provider(base: string, token: string) {
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(base + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json', 'user-agent': 'e2e' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
  }
  const find = async (userName: string) => {
    const filter = encodeURIComponent(`userName eq "${userName}"`)
    return (await call('GET', `/Users?filter=${filter}`)).body
  }
  const newGroup = (displayName: string) => call('POST', '/Groups', { schemas: [GROUP], displayName })
  return {
    call,
    find,
    idOf: async (userName: string): Promise<string> => (await find(userName)).Resources[0].id,
    newGroup,
    createGroup: async (displayName: string): Promise<string> => (await newGroup(displayName)).body.id,
    add: (group: string, ids: readonly string[]) =>
      call('PATCH', `/Groups/${group}`, {
        schemas: [PATCH],
        Operations: [{ op: 'Add', path: 'members', value: ids.map((value) => ({ value })) }],
      }),
    remove: (group: string, ids: readonly string[]) =>
      call('PATCH', `/Groups/${group}`, {
        schemas: [PATCH],
        Operations: [{ op: 'Remove', path: 'members', value: ids.map((value) => ({ value })) }],
      }),
    removeAll: (group: string) =>
      call('PATCH', `/Groups/${group}`, {
        schemas: [PATCH],
        Operations: [{ op: 'replace', path: 'members', value: [] }],
      }),
  }
}
