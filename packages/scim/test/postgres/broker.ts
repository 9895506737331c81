import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Cluster, type ClusterOptions, startCluster } from './cluster.ts'
import { dropDatabases, newRun } from './databases.ts'

/** What the tests of a run share. */
export interface SharedCluster {
  readonly url: string
  /** What the names of the run's databases begin with. */
  readonly run: string
}

type Answer = SharedCluster | { readonly error: string }

/** Starts a cluster when it is first asked for, so that a run that needs none pays nothing; everyone gets the same. */
export interface Broker {
  readonly port: number
  close(): Promise<void>
}

export async function openBroker(options: ClusterOptions = {}): Promise<Broker> {
  const run = newRun()
  let starting: Promise<Cluster> | undefined
  const answer = async (socket: Socket) => {
    starting ??= startCluster(options).then(announced)
    const said: Answer = await starting.then(
      ({ url }) => ({ url, run }),
      (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
    )
    socket.end(JSON.stringify(said))
  }
  const listener = createServer((socket) => {
    // A worker that ended before the answer was there.
    socket.on('error', () => {})
    void answer(socket)
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('a listener on TCP has no port')
  return {
    port: address.port,
    async close() {
      listener.close()
      // A start that failed has been told to whoever asked.
      const cluster = await starting?.catch(() => undefined)
      if (cluster?.kind === 'given') await dropDatabases(cluster.url, run)
      await cluster?.stop()
    },
  }
}

/** Which PostgreSQL it was belongs to the record of a run. */
function announced(cluster: Cluster): Cluster {
  const { kind, version, bin } = cluster
  console.log(kind === 'given' ? 'PostgreSQL: TEST_DATABASE_URL' : `PostgreSQL ${version}: ${bin}`)
  return cluster
}

/** The run's cluster; rejects with the reason where there is no PostgreSQL. */
export async function askBroker(port: number): Promise<SharedCluster> {
  const answer = JSON.parse(await text(connect(port, '127.0.0.1'))) as Answer
  if ('error' in answer) throw new Error(answer.error)
  return answer
}
