import { styleText } from 'node:util'
import type { Command } from 'commander'
import { define } from '../cli/define.ts'
import { Fault } from '../cli/fault.ts'
import { counted, printable } from '../cli/format.ts'
import type { Invocation } from '../cli/invocation.ts'
import { print, printJson } from '../cli/output.ts'
import { examine } from '../doctor/examine.ts'
import type { Finding } from '../doctor/finding.ts'

/** Adds `doctor`. */
export function addDoctor(program: Command): void {
  define(program, {
    usage: 'doctor',
    description: 'look for what is wrong with this machine, the store and the service, each with its fix',
    settings: ['host', 'port', 'publicUrl'],
    action: doctor,
  })
}

async function doctor(invocation: Invocation): Promise<void> {
  const findings = await examine(invocation)
  const open = findings.filter(({ ok }) => !ok)
  if (invocation.json) printJson({ ok: open.length === 0, findings })
  else print(findings.map(findingText).join(''))
  if (open.length === 0) return
  throw new Fault(`${counted(open.length, 'thing')} to put right.`, 'Each line marked ✗ says how.')
}

function findingText({ ok, found, fix }: Finding): string {
  const mark = ok ? styleText('green', '✓') : styleText('red', '✗')
  const line = `${mark} ${printable(found)}\n`
  return fix === null ? line : `${line}  ${styleText('bold', 'Fix:')} ${printable(fix)}\n`
}
