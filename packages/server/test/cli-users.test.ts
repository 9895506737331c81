import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { call, type Ended, freshFolder, run } from './support/cli.ts'
import { startServer } from './support/server.ts'

let cwd: string

beforeEach(async () => {
  cwd = await freshFolder()
  await cli('workspace', 'create', 'acme', '--name', 'Acme')
})

/** The real program, where the test is about its outside; the rest of the tests calls it within this process. */
function real(...args: string[]): Promise<Ended> {
  return run(args, { cwd })
}

function cli(...args: string[]): Promise<Ended> {
  return call(args, cwd)
}

async function json(...args: string[]) {
  const { code, stdout, stderr } = await cli(...args, '--json')
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout)
}

function file(name: string, content: string): string {
  writeFileSync(join(cwd, name), content)
  return name
}

describe('users', () => {
  test('are added, listed, shown and removed', async () => {
    const added = await real('user', 'add', 'acme', '--email', 'ana@a.example', '--name', 'Ana Lima')
    expect(added).toMatchObject({ code: 0, stderr: '' })
    const id = /^Added Ana Lima <ana@a\.example>, (usr_\w{26})\n$/.exec(added.stdout)?.[1]
    expect((await real('user', 'list', 'acme')).stdout).toBe(
      `ID${' '.repeat(30)}NAME      USER NAME\n${id}  Ana Lima  ana@a.example\n`,
    )
    const renamed = await real('user', 'add', 'acme', '--email', 'ANA@a.example', '--name', 'Ana Berg')
    expect(renamed.stdout).toBe(`Was there already, and now reads Ana Berg <ANA@a.example>, ${id}\n`)
    expect((await real('user', 'show', 'acme', 'ana@A.example')).stdout).toMatch(/^Name +Ana Berg$/m)
    expect((await real('user', 'remove', 'acme', 'ana@a.example')).stdout).toBe(`Removed ANA@a.example (${id}).\n`)
    const empty = await real('user', 'list', 'acme')
    expect(empty).toMatchObject({ code: 0, stdout: '' })
    expect(empty.stderr).toContain('user import acme')
  })

  test('are JSON for scripts', async () => {
    const add = ['user', 'add', 'acme', '--email', 'ana@a.example', '--name', 'Ana', '--id', 'usr_7']
    const added = await json(...add)
    expect(added).toEqual({ id: 'usr_7', userName: 'ana@a.example', displayName: 'Ana', outcome: 'created' })
    expect(await json(...add)).toMatchObject({ outcome: 'unchanged' })
    const [listed] = await json('user', 'list', 'acme')
    expect(listed).toMatchObject({ id: 'usr_7', emails: [{ value: 'ana@a.example', verified: true }] })
    expect(await json('user', 'list', 'acme', '--search', 'nobody')).toEqual([])
    expect(await json('user', 'show', 'acme', 'usr_7')).toEqual({
      ...listed,
      record: {},
      account: {
        userName: 'ana@a.example',
        displayName: 'Ana',
        emails: [{ value: 'ana@a.example', verified: true, primary: true }],
      },
      view: {
        userName: 'ana@a.example',
        displayName: 'Ana',
        emails: [{ value: 'ana@a.example', type: 'work', primary: true }],
        active: true,
      },
      groups: [],
    })
    expect(await json('user', 'remove', 'acme', 'usr_7')).toEqual([
      { id: 'usr_7', userName: 'ana@a.example', removed: true },
    ])
  })

  test('that cannot be are refused with the next step', async () => {
    await cli('user', 'add', 'acme', '--email', 'ana@a.example', '--name', 'Ana', '--id', 'usr_7')
    const cases = [
      [['user', 'add', 'acme', '--email', 'ana', '--name', 'Ana'], 2, /no e-mail address/, /--email ana@example.com/],
      [
        ['user', 'add', 'acme', '--email', 'b@a.example', '--name', 'B', '--id', '7'],
        2,
        /--id "7" is not possible/,
        /usr_4711/,
      ],
      [
        ['user', 'add', 'acme', '--email', 'ana@a.example', '--name', 'B', '--id', 'usr_8'],
        1,
        /belongs to usr_7/,
        /Correct it/,
      ],
      [['user', 'show', 'acme', 'mei@a.example'], 1, /There is no user "mei@a.example"/, /--search/],
      [['user', 'remove', 'acme', 'usr_7', 'usr_9'], 1, /There is no user "usr_9"/, /--search/],
    ] as const
    for (const [args, code, problem, next] of cases) {
      const ended = await cli(...args)
      expect(ended).toMatchObject({ code, stdout: '' })
      expect(ended.stderr).toMatch(problem)
      expect(ended.stderr.trimEnd().split('\n').at(-1)).toMatch(next)
    }
    expect(await json('user', 'list', 'acme')).toHaveLength(1)
  })
})

describe('an import', () => {
  test('of CSV or JSON, from a file or standard input, adds and updates', async () => {
    const csv = file('people.csv', '\uFEFFName,Email,Id\r\n"Lima, Ana",ana@a.example,usr_7\r\nMei,mei@a.example,\r\n')
    const imported = await real('user', 'import', 'acme', csv)
    expect(imported).toMatchObject({ code: 0, stderr: '' })
    expect(imported.stdout).toMatch(/^2 people added, 0 changed, 0 as before, in \d+\.\d s\.\n$/)
    const input = JSON.stringify([
      { email: 'mei@a.example', name: 'Mei Tanaka' },
      { email: 'jo@a.example', name: 'Jo' },
    ])
    const again = await run(['user', 'import', 'acme', '-', '--json'], { cwd, input })
    expect(JSON.parse(again.stdout)).toEqual({ created: 1, updated: 1, unchanged: 0 })
    const names = (await json('user', 'list', 'acme')).map(({ displayName }: { displayName: string }) => displayName)
    expect(names.sort()).toEqual(['Jo', 'Lima, Ana', 'Mei Tanaka'])
  })

  test('with a bad line stores nobody, and names every one', async () => {
    await cli('user', 'add', 'acme', '--email', 'held@a.example', '--name', 'Holder', '--id', 'usr_1')
    const csv = file('people.csv', 'email,name,id\nana@a.example,Ana,\nnonsense,B,\nmei@a.example,Mei,4711\n')
    const refused = await real('user', 'import', 'acme', csv)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toBe(
      [
        '2 people of the file cannot be stored, so nobody was:',
        '  line 3: "nonsense" is no e-mail address',
        '  line 4: "4711" is no id: it must be "usr_" and 1 to 40 letters or digits',
        'Correct them and import the file again.',
        '',
      ].join('\n'),
    )
    const taken = file('taken.csv', 'email,name,id\nana@a.example,Ana,\nHELD@a.example,Mei,usr_2\n')
    const second = await cli('user', 'import', 'acme', taken)
    expect(second.code).toBe(1)
    expect(second.stderr).toMatch(/line 3: .*belongs to usr_1/)
    expect(await json('user', 'list', 'acme')).toHaveLength(1)
  })

  test('is refused before the file is read where there is no such workspace', async () => {
    const refused = await cli('user', 'import', 'other', 'absent.csv')
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('There is no workspace "other"')
  })

  test('of 20,000 people goes on beside a server that answers', async () => {
    const server = await startServer()
    try {
      const { slug, token } = await server.scratch.create({ unknownUsers: 'refuse', unknownMembers: 'record' }, [])
      const rows = Array.from({ length: 20_000 }, (_, i) => `person${i}@a.example,Person ${i}`)
      const csv = file('people.csv', `email,name\n${rows.join('\n')}\n`)
      const database = `sqlite:${server.scim.store.location}`
      let going = true
      const importing = run(['user', 'import', slug, csv, '--database', database], { cwd }).finally(() => {
        going = false
      })
      const totals = new Set<number>()
      do totals.add(await total(server.baseUrl, token))
      while (going)
      expect(await importing).toMatchObject({ code: 0, stdout: expect.stringMatching(/^20,000 people added/) })
      totals.add(await total(server.baseUrl, token))
      // All or nothing, also for whoever looks in between.
      expect([...totals].sort()).toEqual([0, 20_000])
    } finally {
      await server.close()
    }
  })
})

async function total(baseUrl: string, token: string): Promise<number> {
  const response = await fetch(`${baseUrl}/Users?count=0`, { headers: { Authorization: `Bearer ${token}` } })
  expect(response.status).toBe(200)
  return ((await response.json()) as { totalResults: number }).totalResults
}
