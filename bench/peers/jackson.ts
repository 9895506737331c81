import { controllers, type DirectorySyncRequest } from '@boxyhq/saml-jackson'
import express from 'express-5'
import { figures, listen } from '../servers/answer.ts'

/**
 * Directory sync of Polis (formerly SAML Jackson), mounted in Express as its guide "Express.js" of directory sync shows:
 * engine `sql` of type `postgres`, one directory of type `okta-scim-v2`, each request handed to `requests.handle`.
 */
const [database = ''] = process.argv.slice(2)
const quiet = () => undefined
const { directorySyncController } = await controllers({
  externalUrl: 'http://127.0.0.1/',
  samlPath: '/',
  scimPath: '/api/scim',
  noAnalytics: true,
  logger: { info: quiet, warn: quiet, error: console.error },
  db: { engine: 'sql', type: 'postgres', url: database },
})
const { data: directory, error } = await directorySyncController.directories.create({
  name: 'bench',
  type: 'okta-scim-v2',
  tenant: 'bench',
  product: 'bench',
})
if (!directory) throw new Error(error?.message ?? 'no directory was made')
const { id: ownId, scim } = directory

const app = express()
app.use(express.json({ type: ['application/json', 'application/scim+json'], limit: '50mb' }))
app.all('/api/scim/:directoryId/:resourceType{/:resourceId}', async (request, response) => {
  const { directoryId, resourceType, resourceId } = request.params
  const { count, startIndex, filter } = request.query as Record<string, string>
  const asked = {
    method: request.method,
    body: request.body,
    directoryId,
    resourceId,
    resourceType: (resourceType as string).toLowerCase(),
    apiSecret: request.headers.authorization?.split(' ')[1],
    query: { count: count && Number(count), startIndex: startIndex && Number(startIndex), filter },
  } as unknown as DirectorySyncRequest
  // What an application does with an event is its own: here it is only received.
  const { status, data } = await directorySyncController.requests.handle(asked, async () => {})
  response.status(status).json(data)
})

/** SCIM reads show no members at all, so they are read through the library. */
async function members(groupId: string): Promise<string[]> {
  const ids: string[] = []
  for (let pageOffset = 0; ; pageOffset += 50) {
    const page = { groupId, directoryId: ownId, pageOffset, pageLimit: 50 }
    const { data } = await directorySyncController.groups.getGroupMembers(page as never)
    ids.push(...((data ?? []) as unknown as { user_id: string }[]).map(({ user_id }) => user_id))
    if (!data || data.length < 50) return ids
  }
}

listen(app, { base: `/api/scim/${ownId}`, token: scim.secret }, { figures, members })
