import { randomUUID } from 'node:crypto'
import express from 'express'
import SCIMMY from 'scimmy'
import SCIMMYRouters from 'scimmy-routers'
import { listen } from '../servers/answer.ts'

/**
 * scimmy with scimmy-routers, mounted in Express as the README of scimmy-routers shows. Where resources are kept is left
 * to its user; here they are in memory, found by id in a map, and by a filter with scimmy's own `filter.match`. Express is 4:
 * scimmy-routers reads `startIndex` and `count` as numbers by writing to `request.query`, which Express 5 makes anew at each use.
 */
const token = 'a-long-token-of-the-benchmark-0123456789'

interface Stored {
  readonly id: string
  readonly [attribute: string]: unknown
}

interface Asked {
  readonly id?: string
  readonly filter?: { match(all: Stored[]): Stored[] }
  readonly constraints?: Constraints
}

interface Constraints {
  readonly sortBy?: string
  readonly startIndex?: number
  readonly count?: number
}

/**
 * One page, in a list as long as all are, as scimmy's page about ListResponse shows: it takes the length for their number, and
 * renders what is there. It takes off what is before the page where it is given more than that, so all of it has to be there.
 */
function pageOf(all: readonly Stored[], { sortBy, startIndex = 1, count = 20 }: Constraints = {}): readonly Stored[] {
  if (sortBy !== undefined) return all
  const first = startIndex <= Math.min(count, all.length) ? 0 : startIndex - 1
  const page: Stored[] = new Array(all.length)
  for (let n = first; n < Math.min(startIndex - 1 + count, all.length); n++) page[n] = all[n] as Stored
  return page
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
      egress: (resource: Asked) => {
        if (resource.id !== undefined) return find(resource.id)
        const all = [...kept.values()]
        return pageOf(resource.filter ? resource.filter.match(all) : all, resource.constraints)
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
