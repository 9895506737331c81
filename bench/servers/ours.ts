import { createScim, SCIM_PATH } from '@optimaite/scim'
import { nodeListener } from '@optimaite/scim/node'
import { figures, listen } from './answer.ts'

/** The service, on the database that it is given. */
const [database = '', token = ''] = process.argv.slice(2)

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
