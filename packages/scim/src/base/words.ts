/** One text in both languages. */
export interface Words {
  readonly en: string
  readonly de: string
}

/** Facts are put in once: what looks like a name in braces within a fact stays as it is. */
export function fill(template: string, facts: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (marker, name: string) => String(facts[name] ?? marker))
}

/** A time in words, to the minute; the template names `year`, `month`, `day`, `hour` and `minute`, which are UTC. */
export function fillTime(template: string, at: number): string {
  const [, year = '', month = '', day = '', hour = '', minute = ''] =
    /^(.+)-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(new Date(at).toISOString()) ?? []
  return fill(template, { year, month, day, hour, minute })
}
