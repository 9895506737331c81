export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

/** The slope of log y against log x, by least squares: the exponent of a fitted power. */
export function exponent(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const)
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const mx = mean(logs.map(([x]) => x))
  const my = mean(logs.map(([, y]) => y))
  const above = logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0)
  return above / logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
}

export function round(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')
}

/** With so many digits behind the point; of what nothing is known, such as the wait for answers that never came, a dash. */
export const fixed = (value: number, digits: number): string => (Number.isFinite(value) ? value.toFixed(digits) : '–')

export const mib = (bytes: number): string => fixed(bytes / 2 ** 20, 0)

export const leastMost = (values: readonly number[], shown: (value: number) => string = round): string =>
  `${shown(Math.min(...values))}–${shown(Math.max(...values))}`
