/** Charts as SVG text, without a library: legible on a light and on a dark page, since colours follow the reader's scheme. */

export interface Bar {
  readonly label: string
  readonly value: number
  readonly kind: 'ours' | 'floor' | 'peer'
}

export interface Line {
  readonly label: string
  readonly kind: Bar['kind']
  readonly points: readonly (readonly [x: number, y: number])[]
}

const WIDTH = 760
const STYLE = `<style>
    text { font: 13px system-ui, sans-serif; fill: #1f2328 }
    .title { font-size: 15px; font-weight: 600 }
    .small { font-size: 11px; fill: #59636e }
    .grid { stroke: #d1d9e0; fill: none }
    .ours { fill: #0969da; stroke: #0969da } .floor { fill: #818b98; stroke: #818b98 } .peer { fill: #bc4c00; stroke: #bc4c00 }
    .line { fill: none; stroke-width: 2 }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc } .small { fill: #9198a1 } .grid { stroke: #3d444d }
      .ours { fill: #4493f8; stroke: #4493f8 } .floor { fill: #9198a1; stroke: #9198a1 } .peer { fill: #db6d28; stroke: #db6d28 }
    }
  </style>`

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function svg(height: number, title: string, inside: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">
  <title>${escaped(title)}</title>
  ${STYLE}
  <text class="title" x="12" y="24">${escaped(title)}</text>
  ${inside.join('\n  ')}
</svg>
`
}

/** A bar for each, on a scale of powers of ten, with its figure behind. */
export function bars(title: string, unit: string, values: readonly Bar[]): string {
  const left = 210
  const top = 44
  const shown = values.filter(({ value }) => value > 0)
  const low = 10 ** Math.floor(Math.log10(Math.min(...shown.map(({ value }) => value))) - 0.001)
  const high = Math.max(...shown.map(({ value }) => value))
  const x = (value: number): number => ((WIDTH - left - 110) * Math.log(value / low)) / Math.log(high / low)
  const height = top + shown.length * 26 + 26
  const inside = shown.flatMap(({ label, value, kind }, index) => {
    const y = top + index * 26
    const end = left + x(value)
    return [
      `<text x="${left - 10}" y="${y + 14}" text-anchor="end">${escaped(label)}</text>`,
      `<rect class="${kind}" x="${left}" y="${y + 2}" width="${(end - left).toFixed(1)}" height="16" rx="2"/>`,
      `<text x="${(end + 8).toFixed(1)}" y="${y + 14}">${figure(value)}</text>`,
    ]
  })
  inside.push(`<text class="small" x="${left}" y="${height - 10}">${escaped(unit)}, a scale of powers of ten</text>`)
  return svg(height, title, inside)
}

/** Lines over powers of ten on both axes. */
export function lines(title: string, unit: [x: string, y: string], series: readonly Line[]): string {
  const [left, top, bottom, right] = [70, 44, 330, WIDTH - 200]
  const points = series.flatMap(({ points }) => points)
  const scale = (values: number[], from: number, to: number) => {
    const low = Math.floor(Math.log10(Math.min(...values)))
    const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))
    const ticks = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i))
    return { ticks, at: (value: number) => from + ((to - from) * (Math.log10(value) - low)) / (high - low) }
  }
  const x = scale(
    points.map(([value]) => value),
    left,
    right,
  )
  const y = scale(
    points.map(([, value]) => value),
    bottom,
    top,
  )
  const grid = [
    ...x.ticks.flatMap((tick) => [
      `<path class="grid" d="M${x.at(tick).toFixed(1)} ${top}V${bottom}"/>`,
      `<text class="small" x="${x.at(tick).toFixed(1)}" y="${bottom + 16}" text-anchor="middle">${figure(tick)}</text>`,
    ]),
    ...y.ticks.flatMap((tick) => [
      `<path class="grid" d="M${left} ${y.at(tick).toFixed(1)}H${right}"/>`,
      `<text class="small" x="${left - 8}" y="${(y.at(tick) + 4).toFixed(1)}" text-anchor="end">${figure(tick)}</text>`,
    ]),
    `<text class="small" x="${right}" y="${bottom + 34}" text-anchor="end">${escaped(unit[0])}</text>`,
    `<text class="small" x="12" y="${top - 4}">${escaped(unit[1])}</text>`,
  ]
  return svg(bottom + 44, title, [
    ...grid,
    ...series.flatMap((line) => drawn(line, x.at, y.at)),
    ...labels(series, y.at, right),
  ])
}

function drawn({ kind, points }: Line, x: (value: number) => number, y: (value: number) => number): string[] {
  const places = points.map(([a, b]) => [x(a).toFixed(1), y(b).toFixed(1)])
  return [
    `<path class="line ${kind}" style="fill: none" d="M${places.map((place) => place.join(' ')).join('L')}"/>`,
    ...places.map(([cx, cy]) => `<circle class="${kind}" cx="${cx}" cy="${cy}" r="3"/>`),
  ]
}

/** Beside the lines' ends, far enough from each other to be read. */
function labels(series: readonly Line[], y: (value: number) => number, right: number): string[] {
  let last = Number.NEGATIVE_INFINITY
  return series
    .map(({ label, points }) => ({ label, at: y(points.at(-1)?.[1] ?? 1) + 4 }))
    .sort((a, b) => a.at - b.at)
    .map(({ label, at }) => {
      last = Math.max(at, last + 16)
      return `<text x="${right + 12}" y="${last.toFixed(1)}">${escaped(label)}</text>`
    })
}

function figure(value: number): string {
  if (value >= 1_000) return Math.round(value).toLocaleString('en')
  return value >= 10 ? value.toFixed(0) : String(Number(value.toPrecision(2)))
}
