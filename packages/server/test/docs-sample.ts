/** A fenced block of documentation that a test runs. */
export interface Sample {
  readonly language: 'ts' | 'sh'
  /** The line of its fence, from 1. */
  readonly line: number
  /** Its first words, for the test's name. */
  readonly opening: string
  readonly text: string
  /** Why it is not run: the comment `<!-- not run: … -->` on the line before the fence. */
  readonly notRun: string | undefined
  /** What it says that it prints, as `// → text`. */
  readonly prints: readonly string[]
  /** The JSON block that follows directly: what the sample answers, but for values. */
  readonly answer: unknown
}

const FENCE = /^(?:<!-- not run: (.+) -->\n)?```(ts|sh)\n([\s\S]*?)^```$(?:\n\n```json\n([\s\S]*?)^```$)?/gm

/** The samples of a Markdown text, in their order. */
export function samplesOf(markdown: string): Sample[] {
  const samples = Array.from(markdown.matchAll(FENCE), (match): Sample => {
    const [whole, notRun, language, text = '', json] = match
    return {
      language: language === 'ts' ? 'ts' : 'sh',
      line: markdown.slice(0, match.index + whole.indexOf('```')).split('\n').length,
      opening: text.split('\n')[0]?.slice(0, 60) ?? '',
      text: text.trimEnd(),
      notRun,
      prints: Array.from(text.matchAll(/\/\/ → (.+)$/gm), ([, printed = '']) => printed),
      answer: json === undefined ? undefined : JSON.parse(json),
    }
  })
  const fences = markdown.match(/^\s*```(ts|typescript\b.*run|sh|bash|shell|curl|js)$/gm) ?? []
  if (fences.length !== samples.length)
    throw new Error(`${fences.length} samples, of which ${samples.length} can be read`)
  return samples
}
