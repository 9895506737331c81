/** Opens a store in a process of its own, as soon as it is told to: `node opener.ts FILE`. */
import { openSqlite } from '../../src/store/sqlite/open.ts'

process.once('message', async () => {
  try {
    const store = await openSqlite({ file: String(process.argv[2]) })
    const { version, pending } = await store.migrationStatus()
    await store.close()
    process.send?.({ version, pending })
  } catch (error) {
    process.send?.({ error: String(error) })
  }
  process.disconnect()
})
process.send?.('ready')
