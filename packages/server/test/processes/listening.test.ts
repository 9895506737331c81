import { connect } from 'node:net'
import pino from 'pino'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { startService } from '../../src/service.ts'
import { freePort } from '../support/freePort.ts'

/** Whether a connection is taken. */
function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

test.each(['last', 'first'] as const)('one that listens %s takes connections only then', async (listens) => {
  const port = await freePort()
  const nobody = await freePort()
  const config = readConfig({ port: String(port), database: `postgres://someone@127.0.0.1:${nobody}/scim` }, {})
  const taken: Promise<boolean>[] = []
  const log = pino({ level: 'warn' }, { write: () => void taken.push(isTaken(port)) })
  const localUrl = `http://127.0.0.1:${port}`
  await expect(startService(config, log, { patience: 3_000, localUrl, listens })).rejects.toMatchObject({
    name: 'StoreUnusable',
  })
  expect(await Promise.all(taken)).toEqual([listens === 'first'])
})
