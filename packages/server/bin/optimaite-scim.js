#!/usr/bin/env node
// Written for any Node from 12 on, and free of static imports of the program: an older Node has to get as far as the
// sentence that says what is needed. better-sqlite3 would end the process there without a word.
import { existsSync } from 'node:fs'

const NEEDED = [22, 18]

const found = process.versions.node
const [major, minor] = found.split('.').map(Number)

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  fail(
    `optimaite-scim needs Node ${NEEDED.join('.')} or newer, and this is Node ${found}: install the current one ` +
      'from https://nodejs.org, or run "npm ci" in the repository, which brings its own for "npm start" and "npx".',
  )
} else {
  const program = new URL('../dist/main.js', import.meta.url)
  if (existsSync(program)) import(program.href).catch(explain)
  else fail('optimaite-scim is not built yet. Run "npm run build" in the repository first.')
}

// A module that is missing or made for another machine: whatever the program itself meets, it explains itself.
function explain(error) {
  const problem = String(error.message).split('\n')[0]
  fail(`optimaite-scim cannot be loaded: ${problem}. Run "npm ci" in the repository, and try again.`)
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
}
