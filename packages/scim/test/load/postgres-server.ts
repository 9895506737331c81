/** A service in a process of its own, to be killed: `node --conditions=source postgres-server.ts DATABASE`. */
import { startService } from './service.ts'

const [, , database = ''] = process.argv
const { client } = await startService({ database })
process.send?.({ base: String(client.base), authorization: client.headers.Authorization })
