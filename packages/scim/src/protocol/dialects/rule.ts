import type { Words } from '../../base/words.ts'

/**
 * One form in which providers send what RFC 7644 has another form for. A rule is pure and small: it looks at what was
 * sent and answers with the RFC's form, or with undefined where the form is not its own. A rule never guesses: where
 * a body can be read in two ways, it leaves the body alone and the reader refuses it.
 */
export interface DialectRule<Sent, Context = undefined, Read = Sent> extends DialectFacts {
  readonly read: (sent: Sent, ...context: Given<Context>) => Read | undefined
}

/** What a rule has to be told beside the form, if anything: the resource type, or the attribute. */
export type Given<Context> = [Context] extends [undefined] ? [] : [Context]

/** What the documentation's table of dialect rules shows. */
export interface DialectFacts {
  /** Named for the form, not for the vendor; the activity entry shows it. */
  readonly name: string
  readonly description: Words
  /** Where the form was seen. */
  readonly seen: string
}
