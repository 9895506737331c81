import { listen } from './answer.ts'

/** A bare `node:http` server that answers a constant: what HTTP alone costs. */
const body = JSON.stringify({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: 0,
  Resources: [],
})
const headers = { 'Content-Type': 'application/scim+json', 'Content-Length': Buffer.byteLength(body) }

listen(
  (_, response) => {
    response.writeHead(200, headers)
    response.end(body)
  },
  { base: '', token: 'constant' },
)
