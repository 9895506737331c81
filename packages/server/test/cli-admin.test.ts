import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { accept, browser, me, signInWith } from './sign-in/browser.ts'
import { call, freshFolder, start } from './support/cli.ts'

let cwd: string

beforeEach(async () => {
  cwd = await freshFolder()
})

const cli = (...args: string[]) => call(args, cwd)

describe('admin', () => {
  test('invites, lists and removes', async () => {
    await cli('workspace', 'create', 'acme', '--name', 'Acme')
    expect((await cli('admin', 'list')).stderr).toContain('admin invite EMAIL --role operator')
    const operator = await cli(
      'admin',
      'invite',
      'Olga@example.com',
      '--role',
      'operator',
      '--public-url',
      'https://x.example',
    )
    expect(operator).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^https:\/\/x\.example\/invite#[\w-]{43}\n$/),
    })
    const args = ['--role', 'workspace-admin', '--workspace', 'acme', '--name', 'Wanda']
    const admin = JSON.parse((await cli('admin', 'invite', 'wanda@example.com', ...args, '--json')).stdout)
    expect(admin).toMatchObject({ email: 'wanda@example.com', role: 'workspace_admin', workspaces: ['acme'] })
    const { stdout } = await cli('admin', 'list')
    expect(stdout).toMatch(/^olga@example\.com +operator +all +invited/m)
    expect(stdout).toMatch(/^wanda@example\.com +workspace-admin +acme +invited/m)
    expect(await cli('admin', 'remove', 'olga@example.com')).toMatchObject({ code: 0 })
    expect(await cli('admin', 'remove', 'wanda@example.com', '--workspace', 'acme')).toMatchObject({ code: 0 })
    expect(JSON.parse((await cli('admin', 'list', '--json')).stdout)).toEqual([])
  })

  test.each([
    [['invite', 'olga', '--role', 'operator'], /no e-mail address/],
    [['invite', 'olga@example.com'], /--role/],
    [['invite', 'olga@example.com', '--role', 'boss'], /operator, workspace-admin/],
    [['invite', 'olga@example.com', '--role', 'workspace-admin'], /--workspace SLUG/],
    [['invite', 'olga@example.com', '--role', 'operator', '--workspace', 'acme'], /all workspaces/],
    [['invite', 'olga@example.com', '--role', 'workspace-admin', '--workspace', 'none'], /no workspace "none"/],
    [['remove', 'nobody@example.com'], /no admin nobody@example\.com/],
  ])('refuses %j with a next step', async (args, reason) => {
    const { code, stdout, stderr } = await cli('admin', ...args)
    expect([code === 0, stdout]).toEqual([false, ''])
    expect(stderr).toMatch(reason)
  })
})

describe('serve', () => {
  test('writes the link of the first operator to a file, and says which', async () => {
    const serving = start(['serve', '--port', '0'], { cwd })
    const shown = await serving.until(/No workspace yet.*\n/)
    const url = /Listening on (\S+)/.exec(shown)?.[1] ?? ''
    const file = join(cwd, 'data', 'first-operator-link')
    expect(shown).toContain(`the link in ${file}\n`)
    expect(shown).not.toContain('/invite#')
    const link = readFileSync(file, 'utf8').trim()
    expect(link).toContain(`${url}/invite#`)
    const page = await accept(link, { url }, { email: 'olga@example.com' })
    expect(await me(page)).toMatchObject({ body: { kind: 'operator' } })
    const removed = await cli('admin', 'remove', 'olga@example.com')
    expect([removed.code, removed.stderr]).toEqual([1, expect.stringContaining('last operator')])
    serving.kill('SIGTERM')
    expect((await serving.ended).stderr).not.toContain(link.split('#')[1])
  })

  test('--demo prints a sign-in that works, also at its second start', async () => {
    for (let starts = 0; starts < 2; starts++) {
      const serving = start(['serve', '--demo', '--port', '0'], { cwd })
      const shown = await serving.until(/Sign in at .*\n/)
      const [, url = '', email = '', password = ''] =
        /Sign in at (\S+) as (\S+) with the password (\S+)/.exec(shown) ?? []
      const page = browser(url)
      expect((await signInWith(page, email, password)).status).toBe(200)
      expect(await me(page)).toMatchObject({ body: { kind: 'operator' } })
      serving.kill('SIGTERM')
      expect((await serving.ended).stderr).not.toContain(password)
    }
  })
})
