import { createServer } from 'node:http'
import { createScim } from '@optimaite/scim'
import { nodeListener } from '@optimaite/scim/node'
import { cpu } from './cpu.ts'

const [file = ''] = process.argv.slice(2)
const scim = await createScim({
  database: `sqlite:${file}`,
  publicUrl: 'http://127.0.0.1',
  rateLimit: { perSecond: 0, burst: 0 },
  onRequest: ({ fault }) => fault && console.error(fault),
})
const server = createServer(nodeListener(scim.handle))
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as { port: number }).port }))
process.on('message', () => {
  const { transactions, commits } = scim.store.counters
  process.send?.({ rss: process.memoryUsage().rss, cpu: cpu(), transactions, commits })
})
process.on('disconnect', () => process.exit())
