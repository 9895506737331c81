import { createServer } from 'node:http'
import { cpu } from './cpu.ts'

/** A bare `node:http` server that answers a constant: what HTTP alone costs. */
const body = JSON.stringify({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: 0,
  Resources: [],
})
const headers = { 'Content-Type': 'application/scim+json', 'Content-Length': Buffer.byteLength(body) }

const server = createServer((_, response) => {
  response.writeHead(200, headers)
  response.end(body)
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as { port: number }).port }))
process.on('message', () => process.send?.({ rss: process.memoryUsage().rss, cpu: cpu() }))
process.on('disconnect', () => process.exit())
