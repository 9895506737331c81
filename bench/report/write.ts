import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { WORKLOADS } from '../workloads.ts'
import { bars, lines } from './charts.ts'
import { markdown } from './markdown.ts'
import { type Data, Results } from './results.ts'

const BARS = ['find', 'patch-1000-many', 'post', 'page-100']

/** Writes bench/RESULTS.md and the charts beside it. */
export function write(data: Data): void {
  const results = new Results(data)
  const folder = fileURLToPath(new URL('../charts', import.meta.url))
  mkdirSync(folder, { recursive: true })
  const charts: [name: string, title: string][] = []
  const add = (name: string, title: string, svg: string): void => {
    writeFileSync(`${folder}/${name}.svg`, svg)
    charts.push([name, title])
  }
  const series = results.subjects
    .map(({ id, title, kind }) => ({
      label: title,
      kind,
      points: results.patches(id, 16).map(([size, rate]) => [size, 1_000 / rate] as const),
    }))
    .filter(({ points }) => points.length > 0)
  const cost = 'PATCH of one member against the size of the group, 16 connections'
  if (series.length > 0) add('patch', cost, lines(cost, ['members of the group', 'ms for each request'], series))
  for (const id of BARS) {
    const name = `${WORKLOADS.find((workload) => workload.id === id)?.name}, 16 connections`
    const values = results.subjects.map((subject) => ({
      label: subject.title,
      kind: subject.kind,
      value: results.sameRate(subject.id, id, 16),
    }))
    if (values.some(({ value }) => value > 0)) add(id, name, bars(name, 'requests a second', values))
  }
  const synced = 'Initial sync of 200 groups and 20,000 memberships'
  const values = results.subjects.map(({ id, title, kind }) => ({ label: title, kind, value: results.syncRate(id) }))
  if (values.some(({ value }) => value > 0)) add('sync', synced, bars(synced, 'memberships a second', values))
  const text = markdown(results, charts)
  writeFileSync(fileURLToPath(new URL('../RESULTS.md', import.meta.url)), text)
  console.log(text)
}
