import { readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'

/** Whether a path of the repository reaches the build, by `.dockerignore`: the last pattern that fits decides. */
export function buildContext(repository: string): (path: string) => boolean {
  const rules = readFileSync(join(repository, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ included: line.startsWith('!'), pattern: line.replace(/^!/, '') }))
  return (path) => {
    const fitting = rules.findLast(({ pattern }) => withParents(path).some((part) => matchesGlob(part, pattern)))
    return fitting?.included ?? true
  }
}

/** A pattern that fits a folder fits all within. */
function withParents(path: string): string[] {
  const parts = path.split('/')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}
