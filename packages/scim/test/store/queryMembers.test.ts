import { expect, test } from 'vitest'
import { parseValueFilter } from '../../src/protocol/filter/parser.ts'
import { findAttribute } from '../../src/protocol/schemas/names.ts'
import { GROUP } from '../../src/protocol/schemas/resourceTypes.ts'
import { groupById } from '../../src/store/groups.ts'
import { PersonState, peopleByIds } from '../../src/store/people.ts'
import { matchingMembers } from '../../src/store/query/matchingMembers.ts'
import { addWorkspace, BASE_URL, openStore } from './queryFixture.ts'

test('the members of one group that fulfil a value filter', async () => {
  await using store = await openStore()
  const people = [
    { id: 'usr_1', state: PersonState.account, view: { userName: 'Ana', active: true } },
    { id: 'usr_2', state: PersonState.unresolved },
    { id: 'usr_3', state: PersonState.account, view: { userName: 'Anatol', active: false } },
    { id: 'usr_4', state: PersonState.account, view: { userName: 'Anabel', active: true } },
  ]
  const groups = [
    { id: 'grp_1', displayName: 'a', members: ['usr_1', 'usr_2', 'usr_3'] },
    { id: 'grp_2', displayName: 'b', members: ['usr_4'] },
  ]
  const workspace = await addWorkspace(store, { people, groups })
  const group = await groupById(store, workspace, 'grp_1')
  const members = findAttribute(GROUP, { attribute: 'members' })
  if (!group || !members) throw new Error('the test has no group')

  const matching = async (text: string) => {
    const keys = await matchingMembers(store, workspace, group.key, parseValueFilter(text, members), BASE_URL)
    const rows = await peopleByIds(
      store,
      workspace,
      people.map(({ id }) => id),
    )
    return keys.map((key) => rows.find((row) => row.key === key)?.id)
  }
  expect(await matching('display sw "ANA"')).toEqual(['usr_1', 'usr_3'])
  expect(await matching('not (display pr)')).toEqual(['usr_2'])
  expect(await matching('value eq "usr_3" or value eq "usr_2"')).toEqual(['usr_2', 'usr_3'])
  expect(await matching(`$ref eq "${BASE_URL}/Users/usr_1"`)).toEqual(['usr_1'])
  expect(await matching('value eq "usr_4"')).toEqual([])
})
