import { isIP } from 'node:net'
import { z } from 'zod'

/** One setting of the program, as data: the command line, the environment, the config file and the documentation know it from here. */
export interface Option {
  readonly flags: `--${string} <${string}>`
  readonly env: string
  readonly description: string
  /** A value that would do, for refusals. */
  readonly example: string
  /** Takes what a flag, a variable or a config file holds; an issue's message completes "… is not possible: ". */
  readonly schema: z.ZodType
  readonly fallback: unknown
}

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

const host = z
  .string('a host is a text')
  .regex(/^[0-9A-Za-z.:_-]{1,253}$/, 'a host is an address of this machine, or a name of it')

const database = z.string('a database is a text').superRefine((text, context) => {
  const reason = databaseReason(text)
  if (reason !== undefined) context.addIssue({ code: 'custom', message: reason })
})

function databaseReason(text: string): string | undefined {
  if (/^postgres(ql)?:/i.test(text)) return postgresReason(text)
  const file = /^sqlite:(?:\/\/)?(.+)$/.exec(text)?.[1]
  if (file === undefined) return 'a database is written sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE'
  return file === ':memory:' ? 'the store is a file, so that it outlives the process' : undefined
}

function postgresReason(text: string): string | undefined {
  const url = /^postgres(ql)?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || url.hash !== '')
    return 'it is no URL such as postgres://USER:PASSWORD@HOST/DATABASE; in a password "/" is written %2F, "#" %23, "?" %3F, "@" %40'
  return /^\/[^/]+$/.test(url.pathname) ? undefined : 'it has to end with the name of a database, as in //HOST/scim'
}

/** It becomes part of statements as it is, so the library takes few characters. */
const NAME = /^[a-z][a-z0-9_]{0,31}$/
const NAME_REASON = 'it has to be a lower-case letter, then such letters, digits and "_", 32 at the most'

const tablePrefix = z
  .string(NAME_REASON)
  .regex(NAME, NAME_REASON)
  .refine((text) => !text.startsWith('sqlite_'), 'SQLite keeps names that begin with sqlite_ to itself')

const publicUrl = z.string('a URL is a text').superRefine((text, context) => {
  const reason = urlReason(text)
  if (reason !== undefined) context.addIssue({ code: 'custom', message: reason })
})

/** Why a text is no address of a service; nothing where it is one. */
export function urlReason(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) return 'it is no URL that begins with http:// or https://'
  if (url.search !== '' || url.hash !== '') return 'it must end before any "?" or "#"'
  return url.username !== '' || url.password !== '' ? 'it must not hold a user name or password' : undefined
}

const file = z.string('a file is named by a text').min(1, 'it names no file')

/** Who answers there says who is an operator: nobody on the way may. */
const discoveryUrl = z
  .string('a URL is a text')
  .refine((text) => URL.canParse(text), 'it is no URL')
  .refine(
    (text) => !URL.canParse(text) || /^(https:|http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/])/.test(new URL(text).href),
    'it has to begin with https://',
  )

const trustedProxies = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(','))], 'it is no list of addresses')
  .transform((list) => list.map((address) => address.trim()).filter((address) => address !== ''))
  .refine((list) => list.every((address) => isIP(address) !== 0), 'each must be an IP address, with commas between')

/** Every setting, in the order in which help and documentation show them. */
export const OPTIONS = {
  host: {
    flags: '--host <address>',
    env: 'HOST',
    description: 'address to listen on; 0.0.0.0 for every one of this machine',
    example: '127.0.0.1',
    schema: host,
    fallback: '127.0.0.1',
  },
  port: {
    flags: '--port <number>',
    env: 'PORT',
    description: 'port to listen on; 0 for any free one',
    example: '4000',
    schema: wholeNumber(0, 65_535, 'a port is a whole number from 0 to 65535'),
    fallback: 4000,
  },
  database: {
    flags: '--database <url>',
    env: 'DATABASE_URL',
    description:
      'where everything is stored: sqlite:FILE, seen from the current folder, or postgres://USER:PASSWORD@HOST/DATABASE',
    example: 'sqlite:./data/scim.db',
    schema: database,
    fallback: 'sqlite:./data/scim.db',
  },
  tablePrefix: {
    flags: '--table-prefix <prefix>',
    env: 'TABLE_PREFIX',
    description: 'before the name of each table, where others are in the same database',
    example: 'scim_',
    schema: tablePrefix,
    fallback: 'scim_',
  },
  tableSchema: {
    flags: '--table-schema <name>',
    env: 'TABLE_SCHEMA',
    description: "on PostgreSQL, the schema of the tables, made where it is missing (default: the connection's)",
    example: 'scim',
    schema: z.string(NAME_REASON).regex(NAME, NAME_REASON),
    fallback: undefined,
  },
  connections: {
    flags: '--connections <number>',
    env: 'DATABASE_CONNECTIONS',
    description: 'on PostgreSQL, connections of each process at the most; they are made when they are needed',
    example: '10',
    schema: wholeNumber(1, 1_000, 'connections are a whole number from 1 to 1000'),
    fallback: 10,
  },
  processes: {
    flags: '--processes <number>',
    env: 'PROCESSES',
    description:
      'processes that answer requests (default: one for each core on PostgreSQL, and 1 on SQLite, which takes no more)',
    example: '4',
    schema: wholeNumber(1, 256, 'processes are a whole number from 1 to 256'),
    fallback: undefined,
  },
  publicUrl: {
    flags: '--public-url <url>',
    env: 'PUBLIC_URL',
    description: 'what providers reach the service by (default: http://HOST:PORT)',
    example: 'https://app.example.com',
    schema: publicUrl,
    fallback: undefined,
  },
  rateLimit: {
    flags: '--rate-limit <number>',
    env: 'RATE_LIMIT',
    description: 'requests a second for each token and process, ten times as many in a burst; 0 for no limit',
    example: '200',
    schema: wholeNumber(0, 1_000_000, 'a rate limit is a whole number of requests a second, from 0 to 1000000'),
    fallback: 200,
  },
  apiRateLimit: {
    flags: '--api-rate-limit <number>',
    env: 'API_RATE_LIMIT',
    description:
      'requests a second to the admin API for each API key and process, ten times as many in a burst; 0 for no limit',
    example: '200',
    schema: wholeNumber(0, 1_000_000, 'a rate limit is a whole number of requests a second, from 0 to 1000000'),
    fallback: 200,
  },
  trustedProxies: {
    flags: '--trusted-proxies <addresses>',
    env: 'TRUSTED_PROXIES',
    description: 'IP addresses of proxies whose X-Forwarded-For is believed, with commas between',
    example: '10.0.0.1,10.0.0.2',
    schema: trustedProxies,
    fallback: [],
  },
  signInSecretFile: {
    flags: '--sign-in-secret-file <file>',
    env: 'SIGN_IN_SECRET_FILE',
    description:
      'file with 32 characters or more that sign cookies and encrypt two-factor secrets (default: made once, and kept in the database)',
    example: '/run/secrets/sign-in',
    schema: file,
    fallback: undefined,
  },
  oidcDiscoveryUrl: {
    flags: '--oidc-discovery-url <url>',
    env: 'OIDC_DISCOVERY_URL',
    description: 'where the OpenID provider of operators describes itself; they can sign in there besides',
    example: 'https://id.example.com/.well-known/openid-configuration',
    schema: discoveryUrl,
    fallback: undefined,
  },
  oidcClientId: {
    flags: '--oidc-client-id <id>',
    env: 'OIDC_CLIENT_ID',
    description: 'what the OpenID provider calls this service',
    example: 'optimaite-scim',
    schema: z.string('a client id is a text').trim().min(1, 'it is blank').max(500, 'it is too long'),
    fallback: undefined,
  },
  oidcClientSecretFile: {
    flags: '--oidc-client-secret-file <file>',
    env: 'OIDC_CLIENT_SECRET_FILE',
    description: "file with the client's secret at the OpenID provider",
    example: '/run/secrets/oidc',
    schema: file,
    fallback: undefined,
  },
  logLevel: {
    flags: '--log-level <level>',
    env: 'LOG_LEVEL',
    description: `how much is logged: ${LOG_LEVELS.join(', ')}`,
    example: 'info',
    schema: z.enum(LOG_LEVELS, `a log level is one of ${LOG_LEVELS.join(', ')}`),
    fallback: 'info',
  },
} as const satisfies Record<string, Option>

export type OptionName = keyof typeof OPTIONS

export const optionNames = Object.keys(OPTIONS) as OptionName[]

function wholeNumber(least: number, most: number, reason: string) {
  return z
    .union(
      [
        z.number(),
        z
          .string()
          .trim()
          .regex(/^\d{1,9}$/)
          .transform(Number),
      ],
      reason,
    )
    .refine((value) => Number.isInteger(value) && value >= least && value <= most, reason)
}
