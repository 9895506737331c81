import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { RoleTable } from '../../../../docs/examples/role-table.ts'
import { openService } from '../people/support.ts'

it('the example in docs/ keeps a host’s role table in step, over restarts of the host', async () => {
  const client = await openService()
  const { scim } = client
  await client.upsert({ id: 'usr_ana', userName: 'ana' }, { id: 'usr_bo', userName: 'bo' })
  const editors = await client.group('Editors', 'usr_ana', 'usr_late')
  const admins = (await scim.groups.create('acme', { displayName: 'Admins', members: ['usr_ana', 'usr_bo'] })).id
  const others = await client.group('Others', 'usr_bo')
  const database = new Database(':memory:')
  const grants = { [editors]: 'editor', [admins]: 'admin' }
  const roles = new RoleTable(database, grants)
  await roles.follow(scim, 'acme')
  expect([roles.rolesOf('usr_ana'), roles.rolesOf('usr_bo'), roles.rolesOf('usr_late')]).toEqual([
    ['admin', 'editor'],
    ['admin'],
    [],
  ])

  const again = new RoleTable(database, grants)
  await client.upsert({ id: 'usr_late', userName: 'late' })
  await client.patch('/Users/usr_ana', [{ op: 'replace', path: 'active', value: false }])
  await scim.groups.delete('acme', admins)
  await client.delete(`/Groups/${others}`)
  await again.follow(scim, 'acme')
  expect([again.rolesOf('usr_ana'), again.rolesOf('usr_bo'), again.rolesOf('usr_late')]).toEqual([[], [], ['editor']])
  database.close()
})
