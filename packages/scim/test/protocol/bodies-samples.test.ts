import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ScimError } from '../../src/base/errors.ts'
import type { Json, JsonObject } from '../../src/base/json.ts'
import { readGroupBody } from '../../src/protocol/bodies/groupBody.ts'
import { readUserBody } from '../../src/protocol/bodies/userBody.ts'
import { DIALECT_RULES } from '../../src/protocol/dialects/index.ts'
import { applyUserOperations } from '../../src/protocol/patch/applyUserPatch.ts'
import { readGroupPatch } from '../../src/protocol/patch/groupPatch.ts'
import type { Reading } from '../../src/protocol/patch/operation.ts'
import { readUserPatch } from '../../src/protocol/patch/userPatch.ts'

/** A body as sent, and what it is read as or how it is refused. */
interface Sample {
  readonly reader: keyof typeof READERS
  /** The id of the target, where it is known. */
  readonly id?: string | null
  readonly body: Json
  /** For a PATCH of a user: the record before; `expect.record` is the one afterwards. */
  readonly current?: JsonObject
  readonly expect: JsonObject & { readonly error?: { readonly code: string; readonly detail: string } }
}

const FOLDER = new URL('../samples/', import.meta.url)
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))

const READERS = {
  groupPatch: ({ body, id }: Sample) => flat(readGroupPatch(body, id ?? undefined)),
  groupBody: ({ body }: Sample) => {
    const { present, ...read } = readGroupBody(body)
    return { ...flat(read), present: [...present] }
  },
  userPatch: ({ body, id, current }: Sample) => {
    const read = readUserPatch(body, id ?? undefined)
    if (current === undefined) return flat(read)
    const { record, cleared, rules } = applyUserOperations(current, read.operations)
    const reading = { ...read.reading, rules: [...read.reading.rules, ...rules] }
    return { ...flat({ ...read, reading }), record, ...(cleared.length === 0 ? {} : { cleared }) }
  },
  userBody: ({ body }: Sample) => {
    const { cleared, ...read } = readUserBody(body)
    return { ...flat(read), ...(cleared.length === 0 ? {} : { cleared }) }
  },
}

function flat<T extends { readonly reading: Reading }>({ reading: { rules, ignored }, ...read }: T) {
  return { ...read, ...(rules.length === 0 ? {} : { rules }), ...(ignored.length === 0 ? {} : { ignored }) }
}

function load(name: string): Sample {
  return JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Sample
}

function refusalOf(sample: Sample): ScimError {
  try {
    READERS[sample.reader](sample)
  } catch (error) {
    if (error instanceof ScimError) return error
    throw error
  }
  throw new Error('The body was read, and should have been refused.')
}

describe('samples', () => {
  it.each(FILES)('%s', (name) => {
    const sample = load(name)
    const before = JSON.stringify(sample)
    const { error } = sample.expect
    if (error === undefined) expect(READERS[sample.reader](sample)).toEqual(sample.expect)
    else {
      const refusal = refusalOf(sample)
      expect({ code: refusal.code, detail: refusal.detail }).toEqual({
        code: error.code,
        detail: expect.stringContaining(error.detail),
      })
    }
    expect(JSON.stringify(sample)).toBe(before)
  })

  it('show every dialect rule at work', () => {
    const used = new Set(FILES.flatMap((name) => (load(name).expect.rules ?? []) as string[]))
    expect([...used].sort()).toEqual(DIALECT_RULES.map(({ name }) => name).sort())
  })
})
