import type { Sentences } from './sentences.en.ts'

/** What an explanation says, in German. */
export const GERMAN: Sentences = {
  effective: '{person} ist Mitglied von {group} seit {since}, hinzugefügt {sinceBy}.',
  effective_resolved:
    '{person} ist Mitglied von {group} seit {since}, hinzugefügt {sinceBy}; wirksam seit {resolved}, als ein Konto dazukam.',
  suspended:
    '{person} ist Mitglied von {group} seit {since}, aber nicht wirksam: gesperrt durch `active: false` in Anfrage {request} ({suspendedBy}, {suspended}).',
  suspended_by_claim:
    '{person} ist Mitglied von {group} seit {since}, aber nicht wirksam: gesperrt seit {suspended}, als zwei Personen eine wurden ({suspendedBy}).',
  pending:
    '{person} ist Mitglied von {group} seit {since}, hinzugefügt {sinceBy}, aber nicht wirksam: vorgemerkt, bis die Host-Anwendung das Konto anlegt.',
  unresolved:
    '{person} ist als Mitglied von {group} genannt seit {since}, hinzugefügt {sinceBy}, aber nicht wirksam: Hinter dieser ID steht niemand.',
  account_removed:
    '{person} ist als Mitglied von {group} genannt seit {since}, aber nicht wirksam: Das Konto wurde am {removed} entfernt, {removedBy}.',
  unrecorded: '{person} ist Mitglied von {group}; wie es dazu kam, ist nicht aufgezeichnet.',
  removed: '{person} wurde am {until} aus {group} entfernt, {untilBy}; Mitglied war {person} seit {since}.',
  removed_by_restore:
    '{person} wurde am {until} aus {group} entfernt, {untilBy}, beim Wiederherstellen der Mitglieder vom {restored}; Mitglied war {person} seit {since}.',
  group_deleted:
    '{person} war Mitglied von {group} vom {since} bis zum {until}, als die Gruppe gelöscht wurde, {untilBy}.',
  person_deleted:
    '{person} war Mitglied von {group} vom {since} bis zum {until}, als die Person entfernt wurde, {untilBy}.',
  person_erased:
    '{person} war Mitglied von {group} vom {since} bis zum {until}, als die Daten der Person gelöscht wurden, {untilBy}.',
  former_deleted:
    '{person} war nie Mitglied von {group}, aber von {former}, {shared}: vom {since} bis zum {until}, als jene Gruppe gelöscht wurde, {untilBy}.',
  former_removed:
    '{person} war nie Mitglied von {group}, aber von {former}, {shared}: vom {since} bis zum Entfernen am {until}, {untilBy}.',
  never: '{person} war nie Mitglied von {group}.',
  never_unknown:
    '{person} war nie Mitglied von {group}; eine unbekannte ID, {unknown}, wurde am {named} in Anfrage {request} genannt.',
  never_unknown_local:
    '{person} war nie Mitglied von {group}; eine unbekannte ID, {unknown}, wurde am {named} genannt.',
  person_unknown: 'Unter {person} ist niemand bekannt, und keine Anfrage hat es genannt.',
  group_unknown: 'Eine Gruppe {group} gibt es nicht und gab es nicht.',
  quoted: '„{name}“',
  deleted_group: '„{name}“ (gelöscht am {at})',
  former_group: '„{name}“ ({id})',
  same_name: 'einer früheren Gruppe desselben Namens',
  same_external_id: 'einer früheren Gruppe derselben externalId',
  same_both: 'einer früheren Gruppe desselben Namens und derselben externalId',
  by: 'durch {actor}',
  by_request: 'durch {actor}, Anfrage {request}',
  by_operation: 'durch {actor}, Operation {operation} der Anfrage {request}',
  token: 'Token „{label}“',
  admin: 'Admin „{label}“',
  host: 'die Host-Anwendung ({label})',
  system: 'den Dienst ({label})',
  time: '{day}.{month}.{year}, {hour}:{minute} UTC',
}
