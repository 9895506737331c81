import type { ActivityWords } from './activityWords.en.ts'

/** In German. */
export const GERMAN: ActivityWords = {
  locale: 'de',
  gone: 'ein Token, das es nicht mehr gibt',
  refused: 'abgelehnt',
  refusedOn: (target) => `abgelehnt, bei ${target}`,
  all: 'alle',
  lookedUp: (filter, found) => `gesucht nach ${filter}, ${found} gefunden`,
  read: 'gelesen',
  readOf: (target) => `${target} gelesen`,
  nothing: 'nichts zu ändern',
  created: 'angelegt',
  deleted: 'gelöscht',
  renamed: (from, to) => `von „${from}“ in „${to}“ umbenannt`,
  externalId: (to) => (to === null ? 'externalId geleert' : `externalId ${to}`),
  added: (count, one) => `${count} ${one ? 'Mitglied' : 'Mitglieder'} hinzugefügt`,
  removed: (count, one) => `${count} ${one ? 'Mitglied' : 'Mitglieder'} entfernt`,
  suspended: 'gesperrt',
  resumed: 'wieder aktiv',
  wrote: (attributes) => `${attributes} geschrieben`,
}
