import type { RequestFacts, Scim } from '@optimaite/scim'
import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from 'prom-client'

/** What Prometheus reads. Labels are routes, methods, statuses and problem codes: all few, none about a customer. */
export interface Metrics {
  readonly contentType: string
  observe(facts: RequestFacts): void
  /** Figures of the service, from when its store is open. */
  watch(scim: Pick<Scim, 'store' | 'heldBytes'>): void
  text(): Promise<string>
  /** The same as data, for whoever adds up several processes. */
  figures(): Promise<Figures>
}

export type Figures = MetricObjectWithValues<MetricValue<string>>[]

/** From half a millisecond, a look-up in memory, to the half minute after which providers give up. */
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** Metrics of one running service, in a registry of its own. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const requests = new Counter({
    name: 'scim_requests_total',
    help: 'SCIM requests answered',
    labelNames: ['route', 'method', 'status'],
    registers,
  })
  const durations = new Histogram({
    name: 'scim_request_duration_seconds',
    help: 'Time from a request to its answer',
    labelNames: ['route', 'method'],
    buckets: SECONDS,
    registers,
  })
  const refusals = new Counter({
    name: 'scim_requests_refused_total',
    help: 'SCIM requests refused, by the code of the problem',
    labelNames: ['problem'],
    registers,
  })
  const processes = new Gauge({ name: 'scim_processes', help: 'Processes that answer requests', registers })
  return {
    contentType: registry.contentType,
    observe({ route, method, status, milliseconds, problem }) {
      requests.inc({ route, method, status })
      durations.observe({ route, method }, milliseconds / 1_000)
      if (problem !== undefined) refusals.inc({ problem })
    },
    watch: (scim) => {
      processes.set(1)
      watchStore(registry, scim.store)
      watchBodies(registry, scim)
    },
    text: () => registry.metrics(),
    figures: () => registry.getMetricsAsJSON(),
  }
}

function watchBodies(registry: Registry, scim: Pick<Scim, 'heldBytes'>): void {
  new Gauge({
    name: 'scim_request_body_bytes_held',
    help: 'Bytes of request bodies in memory; at 64 MiB further requests wait',
    registers: [registry],
    collect() {
      this.set(scim.heldBytes())
    },
  })
}

function watchStore(registry: Registry, { counters }: Scim['store']): void {
  const total = (name: string, help: string, read: () => number) =>
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset()
        this.inc(read())
      },
    })
  total('scim_store_transactions_total', 'Transactions stored', () => counters.transactions)
  total('scim_store_commits_total', 'Commits, each of one or more transactions', () => counters.commits)
  total('scim_store_waits_total', "Commits that waited for another process's", () => counters.waits)
  new Gauge({
    name: 'scim_store_mean_batch_size',
    help: 'Transactions in a commit, on average since the start',
    aggregator: 'average',
    registers: [registry],
    collect() {
      this.set(counters.commits === 0 ? 0 : counters.transactions / counters.commits)
    },
  })
}
