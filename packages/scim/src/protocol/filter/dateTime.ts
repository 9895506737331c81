const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:\d{2})?$/i

/**
 * The instant, in milliseconds since the epoch, of a dateTime (RFC 7643 §2.3.5, xsd:dateTime), or undefined if the text is
 * none. Without a time zone it is read as UTC: the machine's own zone must not decide what a filter finds.
 */
export function readDateTime(text: string): number | undefined {
  const match = DATE_TIME.exec(text)
  if (match === null) return undefined
  const [, date, time, fraction = '', zone = 'Z'] = match
  const local = `${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}`
  const wall = Date.parse(`${local}Z`)
  // Date.parse carries 30 February over into March; a date that does not survive the round trip does not exist.
  if (Number.isNaN(wall) || new Date(wall).toISOString() !== `${local}Z`) return undefined
  const instant = Date.parse(`${local}${zone.toUpperCase()}`)
  return Number.isNaN(instant) || !isFourDigitYear(instant) ? undefined : instant
}

function isFourDigitYear(instant: number): boolean {
  return new Date(instant).toISOString().length === '0000-00-00T00:00:00.000Z'.length
}
