import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, overflow, violations } from './browser.ts'
import { provider } from './provider.ts'
import { openStage, type Stage } from './stage.ts'

let stage: Stage
let page: Page
let token: string

beforeAll(async () => {
  stage = await openStage()
  ;({ page } = stage)
  await stage.api('POST', '/workspaces', { slug: 'acme', name: 'Acme', scim: true })
  token = (await stage.api('POST', '/workspaces/acme/tokens', { label: 'Entra', provider: 'entra' })).text
  await page.goto(`${stage.service.url}/w/acme/connect?provider=entra`)
})

afterAll(() => stage?.close())

const idpWith = (text: string) => provider(`${stage.service.url}/api/auth/scim/v2`, text)
const step = (name: string) =>
  page.getByRole('region', { name: 'Progress' }).getByRole('listitem').filter({ hasText: name })

/** A red step says why, and what to do; nobody has to load the page anew for it. */
async function failed(name: string, cause: string, fix: string): Promise<void> {
  const item = step(name)
  await item.getByText('Failed', { exact: true }).waitFor()
  await item.getByText(cause).waitFor()
  await item.getByText('What to do:').waitFor()
  await item.getByText(fix).waitFor()
}

const done = (name: string) => step(name).getByText('Done', { exact: true }).waitFor()

test('a token that was not copied whole', async () => {
  const wrong = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0')
  expect((await idpWith(wrong).call('GET', '/Users?count=1')).status).toBe(401)
  await failed('The token was accepted', 'is no true copy of it', 'Copy the whole token again')
  await done('The provider reached us')
  expect(await violations(page)).toEqual([])
})

test('a person whom nobody here is', async () => {
  const idp = idpWith(token)
  expect((await idp.find('ana@acme.example')).totalResults).toBe(0)
  await failed('A first person was matched', 'found nobody', 'Add the person to the workspace')
  await done('The token was accepted')
})

test('a member whom nobody here is', async () => {
  const idp = idpWith(token)
  const group = await idp.createGroup('Engineering')
  await idp.add(group, ['usr_nobody'])
  await failed('A first member arrived', 'nobody in this workspace stands behind their ids', 'Add the people')
  await done('A first group arrived')
})

test('red steps in German, in the dark, and on a telephone', async () => {
  const storageState = await page.context().storageState()
  const options = { locale: 'de', viewport: { width: 360, height: 800 }, colorScheme: 'dark', storageState } as const
  const other = await openPage(stage.browser, options)
  await other.page.goto(`${stage.service.url}/w/acme/connect?provider=entra`)
  const item = other.page.getByRole('listitem').filter({ hasText: 'Gescheitert' }).first()
  await item.getByText('Was zu tun ist:').waitFor()
  expect(await violations(other.page)).toEqual([])
  expect(await overflow(other.page)).toBe(0)
  expect(other.complaints).toEqual([])
  await other.page.context().close()
})

test('all of it turns green once it is put right', async () => {
  const { ids } = await stage.api('POST', '/workspaces/acme/people/bulk', {
    people: [{ userName: 'ana@acme.example', emails: [{ value: 'ana@acme.example', verified: true }] }],
  })
  const idp = idpWith(token)
  expect(await idp.idOf('ana@acme.example')).toBe(ids[0])
  await idp.add(await idp.createGroup('Sales'), ids)
  await page.getByText('6 of 6 steps done').waitFor()
  expect(await page.getByText('Failed', { exact: true }).count()).toBe(0)
})

test('no page has complained', () => {
  expect(stage.complaints).toEqual([])
})
