import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { databaseFile, isPostgres } from '../database.ts'
import type { SignIn } from './signIn.ts'

const FILE = 'first-operator-link'

/** The link that makes the first operator: on a terminal itself, anywhere else a file that only its owner can read. */
export type FirstOperator = { readonly url: string } | { readonly file: string }

/** Makes a new link while there is no operator; a file from an earlier start goes in any case. */
export async function offerFirstOperator(
  signIn: SignIn,
  config: Config,
  log: Logger,
  isTerminal: boolean,
): Promise<FirstOperator | undefined> {
  const file = join(dataFolder(config), FILE)
  if (await signIn.operatorExists()) {
    rmSync(file, { force: true })
    return undefined
  }
  const url = await signIn.firstOperatorUrl()
  rmSync(file, { force: true })
  if (isTerminal) return { url }
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    // It was removed before: the mode is that of a new file, and a link that lay there is not followed.
    writeFileSync(file, `${url}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    log.warn({ file, code }, 'the link for the first operator cannot be written; "admin invite" makes one')
    return undefined
  }
  log.info({ file }, 'there is no operator yet: the link that makes the first is in a file')
  return { file }
}

/** Where the file of the store is, or would be by default. */
function dataFolder(config: Config): string {
  return isPostgres(config) ? resolve('data') : dirname(databaseFile(config))
}
