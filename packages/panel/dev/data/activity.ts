import type { ActivityDetail, ActivityEntry, HistoryEntry, Words } from '../../src/api/types.ts'
import { ago, both, SCIM } from './common.ts'

const entry = (
  id: string,
  minutes: number,
  status: number,
  sentence: Words,
  more: Partial<ActivityEntry> = {},
): ActivityEntry => ({
  id,
  at: ago(minutes),
  count: 1,
  lastAt: ago(minutes),
  token: 'Entra, production',
  client: 'Microsoft Entra',
  address: '20.37.4.18',
  method: 'PATCH',
  route: '/Groups/{id}',
  status,
  milliseconds: 4,
  problem: null,
  detail: null,
  fix: null,
  groupId: 'grp_1',
  personId: null,
  sentence,
  effect: null,
  lookup: null,
  rules: [],
  ignored: [],
  ...more,
})

export const activity: ActivityEntry[] = [
  entry(
    'act_1',
    1,
    204,
    both('Entra: "Engineering": 2 members added', 'Entra: „Engineering“: 2 Mitglieder hinzugefügt'),
    { effect: { groupId: 'grp_1', added: 2, members: [1_202, 1_204] } },
  ),
  entry(
    'act_2',
    2,
    403,
    both(
      'Entra could not create the user: users are not created here (policy)',
      'Entra konnte den Benutzer nicht anlegen: Benutzer werden hier nicht angelegt (Einstellung)',
    ),
    {
      method: 'POST',
      route: '/Users',
      problem: 'user_refused',
      detail:
        'Nobody in the workspace "Globex" is called "bea@globex.example", and the workspace takes no pending people.',
      fix: both(
        'Untick Create under Target Object Actions, or add the person in the host application.',
        'Schalten Sie beim Provider das Anlegen von Benutzern aus, oder laden Sie die Person zuerst ein.',
      ),
      groupId: null,
    },
  ),
  entry(
    'act_3',
    3,
    200,
    both('Entra looked up people by userName and found 1.', 'Entra hat Personen nach userName gesucht und 1 gefunden.'),
    { method: 'GET', route: '/Users', count: 42, groupId: null },
  ),
  entry(
    'act_4',
    9,
    503,
    both(
      'Entra could not change "Engineering": the guard holds so large a removal',
      'Entra konnte „Engineering“ nicht ändern: Der Schutz hält eine so große Entfernung an',
    ),
  ),
]

const NOT_KEPT = { body: null, totalResults: null, resource: null, headers: {} }
const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'

function responseOf({ id, status, method, detail }: ActivityEntry): ActivityDetail['response'] {
  const head = { ...NOT_KEPT, status }
  if (method === 'GET') return { ...head, carries: 'list', totalResults: 1 }
  if (status < 400) return { ...head, carries: 'nothing', headers: { ETag: 'W/"42"' } }
  return {
    ...head,
    carries: 'error',
    headers: status === 503 ? { 'Retry-After': '600' } : {},
    body: { schemas: [ERROR], status: String(status), detail: `${detail ?? 'Held.'} (request ${id})` },
  }
}

const added: HistoryEntry = {
  position: 7,
  at: ago(1),
  actor: { kind: 'token', label: 'Entra, production' },
  request: null,
  operation: 1,
  id: 'chg_added',
  kind: 'members_added',
  group: { id: 'grp_1', displayName: 'Engineering' },
  details: null,
  people: [
    { id: 'usr_0', displayName: 'Ana Lima' },
    { id: 'usr_1', displayName: null },
  ],
  peopleCount: 2,
}

export function detailOf(id: string): ActivityDetail {
  const found = activity.find((one) => one.id === id) ?? (activity[0] as ActivityEntry)
  return {
    ...found,
    explanation:
      found.status < 400
        ? null
        : both(
            'The provider is set to create people whom it does not find here.',
            'Der Provider ist so eingestellt, dass er Personen anlegt, die er hier nicht findet.',
          ),
    lookup: found.method === 'GET' ? { filter: 'userName eq "bea@globex.example"', found: 1 } : null,
    rules: ['operation-name-case'],
    dialectRules: [
      {
        name: 'operation-name-case',
        description: both(
          'The operation’s name was written with a capital.',
          'Der Name der Operation war groß geschrieben.',
        ),
      },
    ],
    ignored: ['description'],
    before: found.effect === null ? null : { members: 1_202 },
    after: found.effect === null ? null : { members: 1_204 },
    attributes: [],
    changes: found.method === 'PATCH' && found.status < 400 ? [{ ...added, request: found.id }] : [],
    group: { id: 'grp_1', displayName: 'Engineering' },
    person: null,
    ...requestOf(found),
    response: responseOf(found),
  }
}

function requestOf({ method }: ActivityEntry): Pick<ActivityDetail, 'body' | 'curlNeedsBody' | 'curl'> {
  const head = `-H "Authorization: Bearer $SCIM_TOKEN" \\\n  -H 'Content-Type: application/scim+json'`
  if (method === 'GET') return { body: null, curlNeedsBody: false, curl: `curl '${SCIM}/Users' \\\n  ${head}` }
  if (method === 'POST') {
    const withheld = { userName: 'bea@globex.example', displayName: '… (9 characters)', active: true }
    const curl = `curl -X POST '${SCIM}/Users' \\\n  ${head} \\\n  --data @body.json`
    return { body: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], ...withheld }, curlNeedsBody: true, curl }
  }
  const body = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'Add', path: 'members', value: [{ value: 'usr_0' }, { value: 'usr_1' }] }],
  }
  const curl = `curl -X PATCH '${SCIM}/Groups/grp_1' \\\n  ${head} \\\n  --data-binary '${JSON.stringify(body)}'`
  return { body, curlNeedsBody: false, curl }
}
