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
  if (/^postgres(ql)?:/i.test(text))
    return 'PostgreSQL is not available in this version yet, only the embedded store is'
  const file = /^sqlite:(?:\/\/)?(.+)$/.exec(text)?.[1]
  if (file === undefined) return 'a database is written sqlite:FILE'
  return file === ':memory:' ? 'the store is a file, so that it outlives the process' : undefined
}

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
    schema: wholeNumber(65_535, 'a port is a whole number from 0 to 65535'),
    fallback: 4000,
  },
  database: {
    flags: '--database <url>',
    env: 'DATABASE_URL',
    description: 'where everything is stored, seen from the current folder',
    example: 'sqlite:./data/scim.db',
    schema: database,
    fallback: 'sqlite:./data/scim.db',
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
    description: 'requests a second for each token, ten times as many in a burst; 0 for no limit',
    example: '200',
    schema: wholeNumber(1_000_000, 'a rate limit is a whole number of requests a second, from 0 to 1000000'),
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

function wholeNumber(most: number, reason: string) {
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
    .refine((value) => Number.isInteger(value) && value >= 0 && value <= most, reason)
}
