import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { openPostgres } from '../../src/store/postgres/open.ts'
import { createDatabase } from '../postgres/databases.ts'
import { sharedCluster } from '../postgres/shared.ts'

test.each(['read committed', 'repeatable read', 'serializable'])(
  'of several that start at once on an empty database whose default is %s, one makes the tables and all open',
  async (level) => {
    const { url, drop } = await createDatabase((await sharedCluster()).url)
    onTestFinished(drop)
    const client = new pg.Client(url)
    await client.connect()
    await client.query(
      `alter database "${new URL(url).pathname.slice(1)}" set default_transaction_isolation = '${level}'`,
    )
    await client.end()
    const opened = await Promise.allSettled(
      Array.from({ length: 6 }, () => openPostgres({ database: url, schema: 'apart' })),
    )
    for (const one of opened) if (one.status === 'fulfilled') await one.value.close()
    expect(opened.filter(({ status }) => status === 'rejected')).toEqual([])
  },
)
