import cluster from 'node:cluster'
import { createScim, SCIM_PATH } from '@optimaite/scim'
import { nodeListener } from '@optimaite/scim/node'
import { figures, listen } from './answer.ts'

/** The service, on the database that it is given; with a third argument in so many processes that share the port. */
const [database = '', token = '', processes = '1'] = process.argv.slice(2)

if (cluster.isPrimary && Number(processes) > 1) {
  const workers = Array.from({ length: Number(processes) }, () => cluster.fork())
  let listening = 0
  for (const worker of workers)
    worker.on('message', (message) => {
      // Workers that listen on port 0 of one address share one port.
      if ('port' in message && ++listening === workers.length) process.send?.(message)
    })
  process.on('message', ({ id }) => process.send?.({ id, value: figures() }))
  process.on('disconnect', () => {
    for (const worker of workers) worker.kill()
    process.exit()
  })
} else {
  const scim = await createScim({
    database: database.startsWith('postgres') ? database : `sqlite:${database}`,
    publicUrl: 'http://127.0.0.1',
    rateLimit: { perSecond: 0, burst: 0 },
    onRequest: ({ fault }) => fault && console.error(fault),
  })
  listen(
    nodeListener(scim.handle),
    { base: SCIM_PATH, token },
    {
      figures: () => {
        const { transactions, commits } = scim.store.counters
        return { ...figures(), transactions, commits }
      },
    },
  )
}
