import type { ActivityWords } from './activityWords.en.ts'

/** In German. */
export const GERMAN: ActivityWords = {
  locale: 'de',
  gone: 'ein Token, das es nicht mehr gibt',
  refused: (who, attempt, reason) => `${who} ${attempt}: ${reason}`,
  answered: (status) => `Beantwortet mit ${status}`,
  one: { group: 'die Gruppe', user: 'den Benutzer' },
  several: { group: 'nach Gruppen', user: 'nach Benutzern' },
  couldNot: {
    read: (what) => `konnte ${what} nicht lesen`,
    search: (what) => `konnte nicht ${what} suchen`,
    create: (what) => `konnte ${what} nicht anlegen`,
    change: (what) => `konnte ${what} nicht ändern`,
    delete: (what) => `konnte ${what} nicht löschen`,
    other: (what) => `hat vergeblich ${what} angefragt`,
  },
  lookedUp: (filter, found) => `gesucht nach ${filter}, ${found} gefunden`,
  listed: (found) => `alle aufgelistet, ${found} gefunden`,
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
