import { randomUUID } from 'node:crypto'
import express from 'express'
import SCIMMY from 'scimmy'
import SCIMMYRouters from 'scimmy-routers'
import { listen } from '../servers/answer.ts'

/**
 * scimmy with scimmy-routers, mounted in Express as the README of scimmy-routers shows. Where resources are kept is left
 * to its user; here they are in memory, found by id in a map, and by a filter with scimmy's own `filter.match`.
 */
const token = 'a-long-token-of-the-benchmark-0123456789'

interface Stored {
  readonly id: string
  readonly [attribute: string]: unknown
}

function keep(Resource: typeof SCIMMY.Resources.User | typeof SCIMMY.Resources.Group): void {
  const kept = new Map<string, Stored>()
  const find = (id: string): Stored => {
    const found = kept.get(id)
    if (!found) throw new SCIMMY.Types.Error(404, null as never, `Resource ${id} not found`)
    return found
  }
  SCIMMY.Resources.declare(
    Resource as never,
    {
      ingress: (resource: { id?: string }, data: object) => {
        const now = new Date()
        const before = resource.id === undefined ? { meta: { created: now } } : find(resource.id)
        const id = resource.id ?? randomUUID()
        const meta = { ...(before.meta as object), lastModified: now }
        const stored = { ...JSON.parse(JSON.stringify(data)), id, meta }
        kept.set(id, stored)
        return stored
      },
      egress: (resource: { id?: string; filter?: { match(all: Stored[]): Stored[] } }) => {
        if (resource.id !== undefined) return find(resource.id)
        const all = [...kept.values()]
        return resource.filter ? resource.filter.match(all) : all
      },
      degress: (resource: { id: string }) => {
        find(resource.id)
        kept.delete(resource.id)
      },
    } as never,
  )
}

keep(SCIMMY.Resources.User)
keep(SCIMMY.Resources.Group)

const app = express()
app.use(
  '/scim',
  new SCIMMYRouters({
    type: 'bearer',
    handler: (request) => {
      if (request.header('Authorization') !== `Bearer ${token}`) throw new Error('Authorization not detected!')
      return 'bench'
    },
  }),
)
listen(app, { base: '/scim', token })
