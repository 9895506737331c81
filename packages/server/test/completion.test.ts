import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROVIDERS } from '@optimaite/scim'
import { beforeEach, describe, expect, test } from 'vitest'
import { treeOf } from '../src/completion/tree.ts'
import { createProgram } from '../src/program.ts'
import { sessionNames } from '../src/rehearse/sessions.ts'
import { call, freshFolder } from './support/cli.ts'

let cwd: string

beforeEach(async () => {
  cwd = await freshFolder()
})

function has(shell: string): boolean {
  return spawnSync(shell, ['--version']).status === 0
}

async function scriptFor(shell: string): Promise<string> {
  const { code, stdout, stderr } = await call(['completion', shell], cwd)
  expect([code, stderr]).toEqual([0, ''])
  const file = join(cwd, `completion.${shell}`)
  writeFileSync(file, stdout)
  return file
}

const tree = treeOf(createProgram())

describe.skipIf(!has('bash'))('in bash', () => {
  /** What bash offers for a line whose last word is being typed. */
  async function offered(...words: readonly string[]): Promise<string[]> {
    const file = await scriptFor('bash')
    const program = `
      source "$1"; shift
      [[ "$(complete -p optimaite-scim)" == *_optimaite_scim* ]] || exit 9
      COMP_WORDS=(optimaite-scim "$@"); COMP_CWORD=$#
      _optimaite_scim
      printf '%s\\n' "\${COMPREPLY[@]}"`
    const output = execFileSync('bash', ['-u', '-c', program, 'bash', file, ...words], { encoding: 'utf8', cwd })
    return output.split('\n').filter((word) => word !== '')
  }

  test('commands, within commands too', async () => {
    expect(await offered('wor')).toEqual(['workspace'])
    expect(await offered('')).toEqual(
      expect.arrayContaining(['serve', 'token', 'doctor', 'backup', 'completion', '--help']),
    )
    expect(await offered('token', 'r')).toEqual(['rotate', 'revoke'])
    expect(await offered('token', 'issue', 'acme', '')).not.toContain('rotate')
  })

  test('options, also behind arguments', async () => {
    expect(await offered('token', 'issue', 'acme', '--pro')).toEqual(['--provider'])
    expect(await offered('group', 'show', '--al')).toEqual(['--all'])
  })

  test('values: names of providers and sessions, words, files', async () => {
    expect(await offered('token', 'issue', 'acme', '--provider', '')).toEqual([...PROVIDERS])
    expect(await offered('guide', 'jum')).toEqual(['jumpcloud'])
    expect(await offered('token', 'issue', 'acme', '--provider', 'okta-')).toEqual(['okta-wizard'])
    expect(await offered('rehearse', 'entra', '')).toEqual(expect.arrayContaining([...sessionNames(), 'all']))
    expect(await offered('completion', 'b')).toEqual(['bash'])
    writeFileSync(join(cwd, 'my.json'), '')
    expect(await offered('serve', '--config', 'my')).toEqual(['my.json'])
  })

  test('every command with every option of its own', async () => {
    for (const { path, words, options } of tree) {
      const found = await offered(...path.split(' ').filter((word) => word !== ''), '')
      expect([path, found]).toEqual([path, [...words, ...options.map(({ flag }) => flag)]])
    }
  })
})

describe.each(['zsh', 'fish'])('in %s', (shell) => {
  test('the script names every command and option', async () => {
    const { stdout } = await call(['completion', shell], cwd)
    const marked = (flag: string) => (shell === 'fish' ? `-l ${flag.slice(2)}` : flag)
    for (const { path, words, options } of tree) {
      const lines = stdout.split('\n').filter((line) => line.includes(shell === 'fish' ? `"${path}"'` : `'${path}')`))
      const text = lines.join('\n')
      for (const word of [...words, ...options.map(({ flag }) => marked(flag))]) expect(text).toContain(word)
    }
  })

  test.skipIf(!has(shell))('the script is well formed', async () => {
    execFileSync(shell, ['-n', await scriptFor(shell)])
  })
})

describe.skipIf(!has('fish'))('in fish', () => {
  test.each([
    ['optimaite-scim wor', ['workspace']],
    ['optimaite-scim token r', ['revoke', 'rotate']],
    ['optimaite-scim token issue acme --pro', ['--provider']],
    ['optimaite-scim token issue acme --provider okta-', ['okta-wizard']],
    ['optimaite-scim completion b', ['bash']],
  ])('%s is completed', async (line, offered) => {
    const file = await scriptFor('fish')
    const found = execFileSync('fish', ['-c', `source ${file}; complete -C '${line}'`], { encoding: 'utf8', cwd })
    const words = found.split('\n').map((text) => text.split('\t')[0] ?? '')
    expect(words.filter((word) => word !== '').sort()).toEqual(offered)
  })
})

test('the values that are offered are those of options that there are', () => {
  const flags = tree.flatMap(({ options }) => options.filter(({ values }) => values.length > 0).map(({ flag }) => flag))
  expect([...new Set(flags)].sort()).toEqual([
    '--language',
    '--log-level',
    '--provider',
    '--scim',
    '--scopes',
    '--suspended',
    '--unknown-members',
    '--unknown-users',
  ])
})

test('as JSON, and refused for a shell that is none', async () => {
  const { stdout } = await call(['completion', 'fish', '--json'], cwd)
  expect(JSON.parse(stdout)).toMatchObject({
    shell: 'fish',
    script: expect.stringContaining('complete -c optimaite-scim'),
  })
  const ended = await call(['completion', 'bsh'], cwd)
  expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Did you mean "bash"?') })
})
