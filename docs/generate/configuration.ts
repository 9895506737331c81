import { CONFIG_FILE } from '../../packages/server/src/config.ts'
import { OPTIONS, type Option } from '../../packages/server/src/options.ts'
import { code, type Page, page, prose, table } from './markdown.ts'

const INTRO = `Each setting of the service can be a flag, an environment variable or a name in a config file; the first of these that is
there counts, then the default. Every command
has the flags \`--database\`, \`--table-prefix\` and \`--table-schema\`, and [some have others](command-line); the rest of the settings they take
from environment and file. An empty variable counts as not set. A value that is not possible ends the program with a sentence that says why.

The rate limit counts in each process: with four of them, on one machine or on several, a token has up to four times as much. In the
address of a PostgreSQL, what is no letter or digit in a password is written as in any URL (\`/\` as \`%2F\`); the address is never logged or shown
with it. [Deployment](../deployment#processes) says how many processes and connections are of use.`

/** `reference/configuration.md`: the settings of the program. */
export function configurationPage(): Page {
  const options: readonly (readonly [string, Option])[] = Object.entries(OPTIONS)
  const rows = options.map(([name, { flags, env, description, fallback }]) => [
    code(flags),
    code(env),
    code(name),
    fallback === undefined || Array.isArray(fallback) ? '–' : code(String(fallback)),
    prose(description),
  ])
  const file = Object.fromEntries(options.map(([name, { example, fallback }]) => [name, shown(example, fallback)]))
  // All of them are possible at once only there.
  file.database = 'postgres://scim:password@db.example.com/scim'
  return page(
    'reference/configuration.md',
    'Configuration',
    INTRO,
    table(['Flag', 'Environment', 'In the file', 'Default', 'Meaning'], rows),
    '## Config file',
    `${code(CONFIG_FILE)} in the current folder is read where there is one; ${code('--config <file>')} names another. With every setting:`,
    `\`\`\`json\n${JSON.stringify(file, null, 2)}\n\`\`\``,
  )
}

function shown(example: string, fallback: unknown): unknown {
  if (typeof fallback === 'number' || /^\d+$/.test(example)) return Number(example)
  return Array.isArray(fallback) ? example.split(',') : example
}
