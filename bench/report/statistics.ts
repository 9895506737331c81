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
  if (Number.isNaN(value)) return '–'
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')
}

export const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(0)
