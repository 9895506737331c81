import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { DRAIN_SECONDS } from './drain.ts'

const FILE = new URL('../../../../deploy/optimaite-scim.service', import.meta.url)
const TEXT = readFileSync(FILE, 'utf8')

/** Settings by section; what is set several times is there several times. */
function readUnit(text: string): Map<string, [name: string, value: string][]> {
  const sections = new Map<string, [string, string][]>()
  let section: [string, string][] = []
  for (const line of text.split('\n')) {
    const title = /^\[(\w+)\]$/.exec(line)?.[1]
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? []
    if (title !== undefined) {
      section = []
      sections.set(title, section)
    } else if (name !== undefined && value !== undefined) section.push([name, value])
    else if (line !== '' && !line.startsWith('#')) throw new Error(`no setting: ${line}`)
  }
  return sections
}

const unit = readUnit(TEXT)
const values = (name: string) => (unit.get('Service') ?? []).filter(([key]) => key === name).map(([, value]) => value)

test('it has the sections of a service, and names each setting once but for filters of system calls', () => {
  expect([...unit.keys()]).toEqual(['Unit', 'Service', 'Install'])
  for (const settings of unit.values()) {
    const names = settings.map(([name]) => name).filter((name) => name !== 'SystemCallFilter')
    expect(new Set(names).size).toBe(names.length)
  }
})

test('it runs as an account of its own, which can write to its own folder only', () => {
  const wanted = {
    DynamicUser: 'yes',
    StateDirectory: 'optimaite-scim',
    StateDirectoryMode: '0700',
    NoNewPrivileges: 'yes',
    ProtectSystem: 'strict',
    ProtectHome: 'yes',
    PrivateTmp: 'yes',
    CapabilityBoundingSet: '',
  }
  for (const [name, value] of Object.entries(wanted)) expect(values(name), name).toEqual([value])
  // V8 would end at its first compiled function.
  expect(values('MemoryDenyWriteExecute')).toEqual([])
})

test('its store lies in that folder', () => {
  const environment = Object.fromEntries(
    values('Environment').flatMap((line) => line.split(' ').map((pair) => pair.split('='))),
  )
  const { database } = readConfig({}, environment)
  expect(database).toBe(`sqlite:/var/lib/${values('StateDirectory')[0]}/scim.db`)
})

test('it is given longer to stop than its last requests', () => {
  expect(Number(values('TimeoutStopSec')[0])).toBeGreaterThan(DRAIN_SECONDS)
})

// Where there is systemd, it reads the file itself; elsewhere nothing could run it.
test.runIf(spawnSync('systemd-analyze', ['--version']).status === 0)('systemd finds no fault with it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'optimaite-scim-unit-'))
  try {
    const file = join(folder, 'optimaite-scim.service')
    // It looks for the program too, which need not be installed here.
    writeFileSync(file, TEXT.replace('ExecStart=/usr/bin/node ', `ExecStart=${process.execPath} `))
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' })
    // Of other units of this machine it complains too.
    expect([status, stderr.split('\n').filter((line) => line.includes(file))]).toEqual([0, []])
    const security = execFileSync('systemd-analyze', ['security', '--offline=true', file], { encoding: 'utf8' })
    const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(security)?.[1])
    expect(exposure).toBeLessThan(2)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
