import { isObject, type Json, type JsonObject } from '../../base/json.ts'
import type { ActivityRow } from '../../store/activity.ts'
import type { PersonRow } from '../../store/people.ts'
import { accountEmails, recordOf, viewOf } from '../people/view.ts'

/** What stands in the place of a name. */
export const ERASED = '[erased]'

/** Any person's id: it stays, also where a name is a part of it. */
const ID = 'usr_[0-9A-Za-z]+'

/** The columns of an activity entry in which a name can stand. */
type Texts = Pick<ActivityRow, 'detail' | 'summary' | 'ignored' | 'shape'>

/** Takes texts that name a person out of other texts; ids are no names. */
export class Scrubber {
  readonly #texts: RegExp | undefined
  readonly #ids: ReadonlySet<string>

  constructor(ids: readonly string[], names: readonly string[]) {
    this.#ids = new Set(ids)
    const texts = names.filter((name) => !this.#ids.has(name))
    const forms = new Set(texts.flatMap((text) => [text.normalize('NFC'), text.normalize('NFD')]))
    // The longest first, so that "Ana Roe" does not become "[erased] Roe".
    const parts = [...forms].sort((left, right) => right.length - left.length).map(partOf)
    if (parts.length > 0)
      this.#texts = new RegExp(`(?<![\\p{L}\\p{N}])(?:(${parts.join('|')})|${ID})(?![\\p{L}\\p{N}])`, 'giu')
  }

  text(text: string): string {
    if (!this.#texts) return text
    return text.replaceAll(this.#texts, (found, name: string | undefined) => (name === undefined ? found : ERASED))
  }

  json(json: string): string {
    return JSON.stringify(this.#value(JSON.parse(json) as Json))
  }

  /**
   * The entry without the person's names; of a request about the person alone, without what it said. Undefined where there
   * is nothing to replace.
   */
  activity(row: ActivityRow): ActivityRow | undefined {
    const isAbout = row.person_id !== null && this.#ids.has(row.person_id)
    const shape = row.shape === null || isAbout ? null : this.json(row.shape)
    const summary = row.summary === null ? null : this.json(row.summary)
    const scrubbed: Texts = {
      detail: row.detail === null ? null : isAbout ? ERASED : this.text(row.detail),
      summary: shape === row.shape ? summary : withoutWhole(summary),
      ignored: row.ignored === null || isAbout ? null : this.json(row.ignored),
      shape,
    }
    const isSame = (Object.keys(scrubbed) as (keyof Texts)[]).every((column) => scrubbed[column] === row[column])
    return isSame ? undefined : { ...row, ...scrubbed }
  }

  #value(value: Json): Json {
    if (typeof value === 'string') return this.text(value)
    if (Array.isArray(value)) return value.map((item) => this.#value(item))
    if (!isObject(value)) return value
    const scrubbed: JsonObject = {}
    for (const key of Object.keys(value)) scrubbed[this.text(key)] = this.#value(value[key] as Json)
    return scrubbed
  }
}

/** A body that something was taken out of is no longer all that was sent. */
function withoutWhole(summary: string | null): string | null {
  if (summary === null) return null
  const { whole: _, ...rest } = JSON.parse(summary) as JsonObject
  return Object.keys(rest).length === 0 ? null : JSON.stringify(rest)
}

/** A shorter name would be found in everybody's texts: it is looked for where it is the whole of one, quoted or named with an id. */
const SHORT = 3

function partOf(name: string): string {
  const text = name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  return name.length < SHORT ? `(?<=^|["'])${text}(?=$|["'])|${text}(?= \\(usr_)` : text
}

/** Texts by which a person is known: names, addresses, numbers, of the account and of the provider's record. */
export function namesOfPerson(row: PersonRow): string[] {
  const [record, view] = [recordOf(row), viewOf(row)]
  const texts: unknown[] = [row.user_name, row.display_name, row.shown_name, row.external_id, row.name]
  for (const { value } of accountEmails(row)) texts.push(value)
  for (const source of [record, view]) {
    texts.push(source.userName, source.displayName, source.nickName)
    if (isObject(source.name)) texts.push(...Object.values(source.name))
    for (const list of [source.emails, source.phoneNumbers, source.ims])
      if (Array.isArray(list)) texts.push(...list.map((item) => (isObject(item) ? item.value : undefined)))
  }
  return [...new Set(texts)].filter((text) => typeof text === 'string').filter((text) => text !== '')
}
