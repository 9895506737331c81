import { createScim, type Scim } from '@optimaite/scim'
import type { Logger } from 'pino'
import { openAdminApi } from './admin/api.ts'
import { type Config, urlOf } from './config.ts'
import { databaseOptions } from './database.ts'
import type { Fetch } from './http/fetch.ts'
import { createListener, type Serving } from './http/listener.ts'
import { explainListening } from './http/listening.ts'
import { logRequest } from './http/log.ts'
import { createMetrics, type Metrics } from './http/metrics.ts'
import { createHttpServer, listen, stopListening } from './http/server.ts'
import { openPatiently } from './patience.ts'
import { openSignIn, type SignIn } from './sign-in/signIn.ts'

const HOUR = 3_600_000

/** A service that runs. */
export interface Service {
  readonly scim: Scim
  readonly signIn: SignIn
  /** Where it is reached on this machine. */
  readonly localUrl: string
  /** Finishes what is in flight and closes the store. */
  close(): Promise<void>
}

export interface ServiceOptions {
  /** Where one process shows the figures of all. */
  readonly metrics?: Metrics
  /** How long to wait for a PostgreSQL that is not there yet, in milliseconds. */
  readonly patience?: number
  /** Where the service listens, as its first process has found. */
  readonly localUrl?: string | undefined
  /** `last` where others answer meanwhile: what reached this one before its store is open would be refused. */
  readonly listens?: 'first' | 'last'
}

/**
 * Starts the service. It listens before the store is opened, unless others do meanwhile: a port that is taken leaves no trace,
 * and the port is known by which locations are built where the system chose it.
 */
export async function startService(config: Config, log: Logger, options: ServiceOptions = {}): Promise<Service> {
  const { host, trustedProxies } = config
  const serving: { -readonly [Key in keyof Serving]: Serving[Key] } = {
    scim: undefined,
    ending: false,
    metrics: options.metrics ?? createMetrics(),
    log,
    trustedProxies,
    secure: config.publicUrl?.startsWith('https:') ?? false,
    apis: undefined,
  }
  const server = createHttpServer(createListener(serving))
  const listening = async (): Promise<string> => {
    try {
      return urlOf(host, await listen(server, host, config.port))
    } catch (error) {
      throw explainListening(error, config)
    }
  }
  const isLast = options.listens === 'last'
  const listened = isLast ? undefined : await listening()
  const localUrl = options.localUrl ?? listened ?? ''
  const publicUrl = config.publicUrl ?? localUrl
  const opened: { close(): Promise<void> }[] = []
  try {
    const scim = await openPatiently(() => openScim(config, publicUrl, serving), config, log, options.patience)
    opened.unshift(scim)
    const signIn = await openSignIn(config, publicUrl, scim, log)
    opened.unshift(signIn)
    const admin = openAdminApi(scim, signIn, localUrl, config, log)
    const adminFetch: Fetch = (request, address) => admin.fetch(request, { address })
    serving.apis = { publicUrl, signIn: signIn.fetch, admin: adminFetch }
    serving.scim = scim
    if (isLast) await listening()
    return running(scim, signIn)
  } catch (error) {
    await stopListening(server)
    for (const part of opened) await part.close()
    throw error
  }

  function running(scim: Scim, signIn: SignIn): Service {
    const pruning = pruneHourly(scim, log)
    return {
      scim,
      signIn,
      localUrl,
      async close() {
        serving.ending = true
        clearInterval(pruning)
        await stopListening(server)
        for (const part of opened) await part.close()
      },
    }
  }
}

async function openScim(config: Config, publicUrl: string, { metrics, log }: Serving): Promise<Scim> {
  const scim = await createScim({
    ...databaseOptions(config),
    publicUrl,
    rateLimit: { perSecond: config.rateLimit, burst: 10 * config.rateLimit },
    onRequest: (facts) => {
      metrics.observe(facts)
      logRequest(log, facts)
    },
    onFault: (error) => log.error({ err: error }, 'activity could not be stored'),
  })
  metrics.watch(scim)
  return scim
}

function pruneHourly(scim: Scim, log: Logger): NodeJS.Timeout {
  const prune = async (): Promise<void> => {
    try {
      const { activity, pending, audit } = await scim.prune()
      if (activity + pending + audit > 0) log.info({ activity, pending, audit }, 'forgot what is past its time')
    } catch (error) {
      log.error({ err: error }, 'what is past its time could not be forgotten')
    }
  }
  return setInterval(() => void prune(), HOUR).unref()
}
