import { existsSync, statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { databaseHint, type Invocation, withScim } from '../cli/invocation.ts'
import { PROGRAM } from '../cli/name.ts'
import { publicUrlOf } from '../config.ts'
import { databaseFile, databaseLocation, isPostgres } from '../database.ts'
import { processesOf } from '../processes/count.ts'
import { SIGN_IN_CONNECTIONS } from '../sign-in/database.ts'
import { type Finding, wrong } from './finding.ts'
import { checkClock, checkDisk, checkNode } from './machine.ts'
import { askServer, checkConnections, checkServer, checkServerClock } from './postgres.ts'
import { reach } from './reach.ts'
import { checkIntegrity, checkVersion } from './store.ts'
import { checkTokens, newestEntry } from './tokens.ts'

/** Looks at everything that a service needs, beside one that runs, and changes nothing. */
export function examine(invocation: Invocation): Promise<Finding[]> {
  return isPostgres(invocation.config) ? examinePostgres(invocation) : examineFile(invocation)
}

async function examineFile(invocation: Invocation): Promise<Finding[]> {
  const { config } = invocation
  const hint = databaseHint(config)
  const file = databaseFile(config)
  const node = checkNode(process.versions.node)
  const { finding: reached, date } = await reach(publicUrlOf(config), hint)
  if (!existsSync(file)) {
    const fix = `Start the service with "${PROGRAM} serve", or say where it is with --database sqlite:FILE.`
    const missing = wrong('store', `There is no database at ${file}.`, fix)
    return [node, missing, checkClock(Date.now(), null, date), reached]
  }
  const store = await checkVersion(config, hint)
  const integrity = checkIntegrity(file)
  const folder = dirname(file)
  const { bavail, bsize } = statfsSync(folder)
  const disk = checkDisk(bavail * bsize, statSync(file).size, folder)
  // Opening a store brings it up to date, and a damaged one is not to be opened at all.
  if (!store.ok || !integrity.ok) return [node, store, integrity, disk, checkClock(Date.now(), null, date), reached]
  const { newest, tokens } = await withScim(invocation, async (scim) => ({
    newest: await newestEntry(scim),
    tokens: await checkTokens(scim, hint),
  }))
  return [node, store, integrity, disk, checkClock(Date.now(), newest, date), reached, ...tokens]
}

async function examinePostgres(invocation: Invocation): Promise<Finding[]> {
  const { config } = invocation
  const hint = databaseHint(config)
  const node = checkNode(process.versions.node)
  const { finding: reached, date } = await reach(publicUrlOf(config), hint)
  const facts = await askServer(config)
  if ('check' in facts) return [node, facts, checkClock(Date.now(), null, date), reached]
  const server = checkServer(facts, databaseLocation(config))
  const store = await checkVersion(config, hint)
  const room = checkConnections(facts, (config.connections + SIGN_IN_CONNECTIONS) * processesOf(config))
  const apart = checkServerClock(facts)
  const found = [node, ...server, store, room]
  // Opening a store brings it up to date.
  if (!store.ok || server.some(({ ok }) => !ok)) return [...found, apart ?? checkClock(Date.now(), null, date), reached]
  const { newest, tokens } = await withScim(invocation, async (scim) => ({
    newest: await newestEntry(scim),
    tokens: await checkTokens(scim, hint),
  }))
  return [...found, apart ?? checkClock(Date.now(), newest, date), reached, ...tokens]
}
