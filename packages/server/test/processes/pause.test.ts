import { expect, test } from 'vitest'
import { createMetrics } from '../../src/http/metrics.ts'
import { pauseBefore } from '../../src/processes/delay.ts'
import { Total } from '../../src/processes/total.ts'

test('what ends again and again is replaced more and more slowly', () => {
  const now = 1_000_000
  const pause = (ends: number) =>
    pauseBefore(
      Array.from({ length: ends }, () => now - 1),
      now,
    )
  expect([1, 2, 3, 4, 8, 9, 50].map(pause)).toEqual([0, 100, 200, 400, 6_400, 10_000, 10_000])
  expect(pauseBefore([now - 60_001, now - 60_000, now], now)).toBe(0)
})

test('figures of several processes are added up, and what one had counted stays when it is gone', async () => {
  const [one, two] = [createMetrics(), createMetrics()]
  const facts = { reference: 'act_1', method: 'GET', route: '/Groups', status: 200, milliseconds: 3, client: undefined }
  const observe = (metrics: typeof one, times: number) => {
    for (let time = 0; time < times; time++) metrics.observe(facts as never)
  }
  observe(one, 3)
  observe(two, 4)
  const total = new Total()
  const note = async () => {
    total.note(2, await two.figures())
    return total.text()
  }
  const counts = (text: string) => [
    Number(/^scim_requests_total\{.*\} (\d+)$/m.exec(text)?.[1]),
    Number(/^scim_request_duration_seconds_count\{.*\} (\d+)$/m.exec(text)?.[1]),
    Number(/^process_cpu_seconds_total (\S+)$/m.exec(text)?.[1]) > 0,
  ]
  total.note(1, await one.figures())
  expect(counts(await note())).toEqual([7, 7, true])
  total.end(1)
  observe(two, 1)
  expect(counts(await note())).toEqual([8, 8, true])
  total.end(2)
  expect(counts(await total.text())).toEqual([8, 8, true])
  expect(await total.text()).not.toContain('process_resident_memory_bytes')
})
