import type { TestProject } from 'vitest/node'
import { openBroker } from './broker.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The port of the broker that `shared.ts` asks. */
    readonly postgres: number
  }
}

/** One cluster for each run, started by the first test that asks for it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const broker = await openBroker()
  project.provide('postgres', broker.port)
  return () => broker.close()
}
