import { Fault } from './cli/fault.ts'
import { counted } from './cli/format.ts'
import { databaseHint, type Invocation } from './cli/invocation.ts'
import { PROGRAM } from './cli/name.ts'
import { print, printJson } from './cli/output.ts'
import type { Config } from './config.ts'
import { type Demo, demoText, makeDemo } from './demo/demo.ts'
import { createLog } from './http/log.ts'
import { type Service, startService } from './service.ts'

/** `serve`: runs the service until it is asked to stop. */
export async function serve(
  { config, json }: Invocation,
  { demo = false }: { readonly demo?: boolean },
): Promise<void> {
  const log = createLog(config.logLevel)
  const service = await startService(config, log).catch((error: unknown) => {
    throw explainListening(error, config)
  })
  const stop = stopRequested()
  const made = demo ? await makeDemo(service.scim) : undefined
  const workspaces = (await service.scim.workspaces.list()).length
  if (json) printJson(startedJson(service, made))
  else print(startedText(service, config, workspaces) + demoText(made, service, config))
  log.info({ signal: await stop }, 'stopping: finishing the requests in flight')
  await service.close()
  log.info('stopped')
}

/** Resolves with the first request to stop; a second one ends the process at once, as anywhere else. */
function stopRequested(): Promise<string> {
  return new Promise((resolve) => {
    const stop = (signal: string): void => {
      process.off('SIGTERM', stop).off('SIGINT', stop)
      resolve(signal)
    }
    process.on('SIGTERM', stop).on('SIGINT', stop)
  })
}

function startedText({ localUrl, scim }: Service, config: Config, workspaces: number): string {
  const create = `${PROGRAM} workspace create SLUG --name NAME --scim on${databaseHint(config)}`
  const next = workspaces === 0 ? `No workspace yet. Create one with: ${create}` : counted(workspaces, 'workspace')
  return [
    `Listening on ${localUrl}`,
    `Base URL for providers: ${scim.baseUrl}`,
    `Database: ${scim.store.location}`,
    ...(workspaces === 0 ? [next] : [`Holds ${next}.`]),
    '',
  ].join('\n')
}

function startedJson({ localUrl, scim }: Service, demo: Demo | undefined) {
  const { baseUrl, store } = scim
  return { listening: localUrl, baseUrl, database: store.location, ...(demo?.token && { demoToken: demo.token }) }
}

function explainListening(error: unknown, { host, port }: Config): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (syscall !== 'listen' && syscall !== 'getaddrinfo') return error
  if (code === 'EADDRINUSE') {
    const problem = `Port ${port} on ${host} is in use by another program, perhaps by this service already.`
    return new Fault(
      problem,
      `Choose another with --port ${port < 65_535 ? port + 1 : 4000}, or --port 0 for any free one.`,
    )
  }
  if (code === 'EACCES') {
    return new Fault(`This user may not listen on port ${port}.`, 'Choose one above 1023, such as --port 4000.')
  }
  const problem = `${host} is no address of this machine that can be listened on (${code}).`
  return new Fault(problem, 'Use --host 127.0.0.1, or --host 0.0.0.0 for every address of this machine.')
}
