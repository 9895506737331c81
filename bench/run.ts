import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Fixture, makeFixture } from './fixture.ts'
import { type LargeRead, readLarge } from './largeRead.ts'
import { load } from './load.ts'
import { measureOfPerson } from './ofPerson.ts'
import { type Row, report } from './report.ts'
import { type Served, serve } from './serve.ts'
import { type Workload, workloads } from './workloads.ts'

/**
 * Measures the service beside the floor and a constant answer, in one run on loopback: `npm run bench` (about five
 * minutes), `npm run bench -- --quick` (about one). Rounds alternate between the servers, so that a machine whose speed
 * drifts slows all of them. Writes bench/RESULTS.md.
 */
const quick = process.argv.includes('--quick')
const ROUNDS = quick ? 2 : 5
const MILLISECONDS = quick ? 300 : 1_000
const GROUPS = 1_000

const fixture = await makeFixture(GROUPS)
try {
  const servers = {
    ours: await serve('ours', fixture.file),
    floor: await serve('floor', fixture.floorFile),
    constant: await serve('constant', ''),
  }
  const idle = (await servers.ours.figures()).rss
  const rows = await measureAll(servers, fixture)
  const large: LargeRead[] = []
  for (let round = 0; round < ROUNDS; round++) large.push(await readLarge(servers.ours, fixture))
  const figures = await servers.ours.figures()
  for (const server of Object.values(servers)) await server.stop()
  const ofPerson = await measureOfPerson(quick ? 3 : undefined)
  const text = report({ rows, large, ofPerson, idle, figures, quick })
  writeFileSync(fileURLToPath(new URL('RESULTS.md', import.meta.url)), text)
  console.log(text)
} finally {
  fixture.remove()
}

async function measureAll(servers: Readonly<Record<Row['server'], Served>>, fixture: Fixture): Promise<Row[]> {
  const rows: Row[] = []
  for (const workload of workloads(fixture)) {
    for (const connections of [1, 16]) {
      for (let round = -1; round < ROUNDS; round++) {
        for (const server of Object.keys(servers) as Row['server'][]) {
          if (!takesPart(server, workload)) continue
          const row = await measure(servers[server], server, workload, connections)
          // The first round warms up.
          if (round >= 0) rows.push(row)
        }
      }
      console.error(`${workload.name}, ${connections} connections: done`)
    }
  }
  return rows
}

function takesPart(server: Row['server'], workload: Workload): boolean {
  if (server === 'ours') return true
  if (server === 'floor') return workload.hasFloor
  return workload.name === 'GET without members'
}

async function measure(served: Served, server: Row['server'], workload: Workload, connections: number): Promise<Row> {
  const before = (await served.figures()).cpu
  const measured = await load({
    port: served.port,
    connections,
    milliseconds: MILLISECONDS,
    status: workload.status,
    requests: workload.requests,
  })
  const cpu = ((await served.figures()).cpu - before) / measured.count
  return { server, workload: workload.name, size: workload.size, connections, cpu, ...measured }
}
