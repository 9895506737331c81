import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { figures, listen } from './answer.ts'
import { postgresFloor } from './floorPostgres.ts'
import { type Paged, sqliteFloor } from './floorStore.ts'

/**
 * What a request costs at the least: bare `node:http`, a look-up of the token, one prepared statement on the same
 * settings. A find selects a group by name, a GET by id, a list a page of groups; a PATCH and a POST insert one row with a
 * commit of its own.
 */
const [database = ''] = process.argv.slice(2)
const store = database.startsWith('postgres') ? await postgresFloor(database) : sqliteFloor(database)

const id = randomBytes(8).toString('hex')
const secret = randomBytes(32).toString('hex')
await store.addToken(id, createHash('sha256').update(secret).digest())

async function handle(authorization: string, method: string, url: string): Promise<[number, string?]> {
  const [, tokenId = '', given = ''] = /^Bearer floor_(\w{16})_(\w{64})$/.exec(authorization) ?? []
  const row = await store.token(tokenId)
  if (!row || !timingSafeEqual(createHash('sha256').update(given).digest(), row.digest)) return [401]
  if (method === 'GET') {
    const [, startIndex, count] = /startIndex=(\d+)&count=(\d+)/.exec(url) ?? []
    if (count !== undefined) return [200, list(await store.page(Number(startIndex), Number(count)))]
    const name = /eq%20%22(.*?)%22/.exec(url)?.[1]
    const found =
      name === undefined
        ? await store.byId(/grp_\w+/.exec(url)?.[0] ?? '')
        : await store.byName(decodeURIComponent(name).toLowerCase())
    return found ? [200, JSON.stringify(found)] : [404]
  }
  await store.insert(url)
  return [204]
}

/** Members are rendered as they are kept. */
function list(groups: readonly Paged[]): string {
  const rendered = groups.map(({ members, ...group }) => `${JSON.stringify(group).slice(0, -1)},"members":${members}}`)
  return `{"totalResults":${groups.length},"Resources":[${rendered.join()}]}`
}

function answer(response: ServerResponse, [status, body]: [number, string?]): void {
  const headers: Record<string, string | number> = { 'Content-Type': 'application/scim+json' }
  if (body !== undefined) headers['Content-Length'] = Buffer.byteLength(body)
  response.writeHead(status, headers)
  response.end(body)
}

let groups = 0
listen(
  (request, response) => {
    const { authorization = '' } = request.headers
    const work = () =>
      handle(authorization, request.method ?? '', request.url ?? '').then(
        (answered) => answer(response, answered),
        (error) => {
          console.error(error)
          answer(response, [500])
        },
      )
    if (request.method === 'GET') work()
    else request.resume().on('end', work)
  },
  { base: '', token: `floor_${id}_${secret}` },
  {
    figures,
    rows: store.rows,
    grow: async (wanted) => {
      await store.addGroups(groups, wanted)
      groups = Math.max(groups, wanted)
    },
  },
)
