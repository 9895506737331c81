import { counted } from './cli/format.ts'
import { databaseHint, type Invocation } from './cli/invocation.ts'
import { PROGRAM } from './cli/name.ts'
import { print, printJson } from './cli/output.ts'
import { type Demo, demoText, makeDemo } from './demo/demo.ts'
import type { Service } from './service.ts'

/** What there is to say of a service that has started. */
export interface Started {
  readonly localUrl: string
  readonly baseUrl: string
  readonly database: string
  readonly workspaces: number
  readonly demo?: Demo
}

/** Makes the demo where it is asked for. A service whose store is gone again by now is closed. */
export async function startedOf(service: Service, asksForDemo: boolean): Promise<Started> {
  const { localUrl, scim } = service
  try {
    const demo = asksForDemo ? await makeDemo(scim) : undefined
    const workspaces = (await scim.workspaces.list()).length
    const { baseUrl, store } = scim
    return { localUrl, baseUrl, database: store.location, workspaces, ...(demo && { demo }) }
  } catch (error) {
    await service.close()
    throw error
  }
}

export function announce(started: Started, { config, json }: Invocation, processes: number): void {
  const { localUrl, baseUrl, database, workspaces, demo } = started
  if (json) {
    const several = processes > 1 && { processes }
    const token = demo?.token && { demoToken: demo.token }
    printJson({ listening: localUrl, baseUrl, database, ...several, ...token })
    return
  }
  const create = `${PROGRAM} workspace create SLUG --name NAME --scim on${databaseHint(config)}`
  const held =
    workspaces === 0 ? `No workspace yet. Create one with: ${create}` : `Holds ${counted(workspaces, 'workspace')}.`
  const lines = [
    `Listening on ${localUrl}${processes > 1 ? `, with ${counted(processes, 'process', 'processes')}` : ''}`,
    `Base URL for providers: ${baseUrl}`,
    `Database: ${database}`,
    held,
    '',
  ]
  print(lines.join('\n') + demoText(demo, started, config))
}
