/** One instruction of a container file. */
export interface Instruction {
  /** In capitals, such as `RUN`. */
  readonly keyword: string
  /** Such as `--from=build`, by name. */
  readonly flags: ReadonlyMap<string, string>
  /** What follows them, continuation lines joined. */
  readonly rest: string
}

/** The instructions of a container file, without comments, in their order. */
export function readInstructions(text: string): Instruction[] {
  const lines = text.replace(/^[ \t]*#.*\n/gm, '').replace(/\\\n\s*/g, '')
  return lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, keyword = '', flags = '', rest = ''] = /^(\w+)\s+((?:--\S+\s+)*)(.*)$/.exec(line) ?? []
      return { keyword: keyword.toUpperCase(), flags: readFlags(flags), rest: rest.trim() }
    })
}

/** The words of a JSON form such as `["node", "x.js"]`; nothing for the form that a shell reads. */
export function wordsOf(text: string): readonly string[] | undefined {
  return text.startsWith('[') ? (JSON.parse(text) as string[]) : undefined
}

/** The pairs of `ENV NAME=value NAME=value`. */
export function pairsOf(text: string): (readonly [name: string, value: string])[] {
  return Array.from(text.matchAll(/([\w.]+)=(?:"([^"]*)"|(\S*))/g), ([, name = '', quoted, bare = '']) => [
    name,
    quoted ?? bare,
  ])
}

function readFlags(text: string): Map<string, string> {
  return new Map(Array.from(text.matchAll(/--([\w-]+)=(\S+)/g), ([, name = '', value = '']) => [name, value]))
}
