import { AggregatorRegistry } from 'prom-client'
import type { Figures } from '../http/metrics.ts'

/**
 * The figures of several processes as those of one service. What a process that ended had counted when it was last asked
 * stays counted: a total that went back would be taken for a restart of the service, and all of it be counted again.
 */
export class Total {
  readonly #latest = new Map<number, Figures>()
  #past: Promise<Figures> = Promise.resolve([])

  note(worker: number, figures: Figures): void {
    this.#latest.set(worker, figures)
  }

  end(worker: number): void {
    const counts = this.#latest.get(worker)?.filter(({ type }) => /^(counter|histogram)$/.test(String(type)))
    this.#latest.delete(worker)
    if (counts === undefined) return
    this.#past = this.#past.then((past) => AggregatorRegistry.aggregate([past, counts]).getMetricsAsJSON())
  }

  async text(): Promise<string> {
    const past = await this.#past
    return AggregatorRegistry.aggregate([...this.#latest.values(), past]).metrics()
  }
}
