import type { Facts, ProblemCode } from '../base/problems.ts'

/** A problem that the admin API shares with SCIM, in German; its fix is in `base/problems.de.ts`. */
export interface GermanProblem {
  readonly title: string
  /** Absent where the detail is a reason that the library gives in English alone. */
  detail?(facts: Facts): string
}

type Fact = Facts[string] | undefined

function groupOf(id: Fact, name: Fact): string {
  return id === undefined ? 'eine andere Gruppe' : `die Gruppe ${id} („${name}“)`
}

function personOf(id: Fact, name: Fact): string {
  return id === undefined ? 'eine andere Person' : `${name || 'die Person'} (${id})`
}

/** Those that only a provider's request can meet are missing. */
export const GERMAN_SHARED: Readonly<Partial<Record<ProblemCode, GermanProblem>>> = {
  overloaded: {
    title: 'Überlastet',
    detail: () =>
      'Der Dienst hat mehr Anfragen, als er bearbeiten kann. Diese hat nichts geändert; versuchen Sie es gleich noch einmal.',
  },
  store_unavailable: {
    title: 'Datenbank nicht erreichbar',
    detail: () =>
      'Die Datenbank ist nicht erreichbar oder nimmt nichts an. Diese Anfrage hat nichts geändert; versuchen Sie es gleich noch einmal.',
  },
  internal: {
    title: 'Fehler im Dienst',
    detail: () => 'Ein Fehler auf unserer Seite. Diese Anfrage hat nichts geändert.',
  },
  answer_lost: {
    title: 'Antwort verloren',
    detail: () =>
      'Die Änderung ist gemacht, aber ein Fehler auf unserer Seite verhindert, sie zu zeigen. Laden Sie die Seite neu.',
  },
  body_too_large: {
    title: 'Zu groß',
    detail: ({ limit }) => `Der Inhalt der Anfrage ist größer als ${limit} Bytes.`,
  },
  invalid_syntax: { title: 'Inhalt nicht lesbar' },
  invalid_value: { title: 'Wert nicht möglich' },
  invalid_cursor: {
    title: 'Seite unbekannt',
    detail: () => 'Diese Seite gehört nicht zu dieser Liste: Beginnen Sie wieder mit der ersten.',
  },
  group_unknown: {
    title: 'Gruppe unbekannt',
    detail: ({ id }) => `Eine Gruppe „${id}“ gibt es in diesem Workspace nicht.`,
  },
  user_unknown: {
    title: 'Person unbekannt',
    detail: ({ id }) => `Eine Person „${id}“ gibt es in diesem Workspace nicht.`,
  },
  group_name_taken: {
    title: 'Gruppenname vergeben',
    detail: ({ name, id, holder }) =>
      `Den Gruppennamen „${name}“ hat schon ${groupOf(id, holder)}; Groß- und Kleinschreibung zählen nicht. Zwei Gruppen eines Workspace können nicht gleich heißen.`,
  },
  group_external_id_taken: {
    title: 'externalId vergeben',
    detail: ({ externalId, id, holder }) => `Die externalId „${externalId}“ hat schon ${groupOf(id, holder)}.`,
  },
  user_name_taken: {
    title: 'userName vergeben',
    detail: ({ userName, id, holder }) => `Den userName „${userName}“ hat schon ${personOf(id, holder)}.`,
  },
  members_unknown: {
    title: 'Mitglieder unbekannt',
    detail: ({ ids, others }) =>
      `In diesem Workspace nicht bekannt und darum nicht hinzugefügt: ${ids}${others ? ' und andere' : ''}. Nichts wurde geändert.`,
  },
  group_managed: {
    title: 'Gruppe vom Provider verwaltet',
    detail: ({ name }) => `Die Gruppe „${name}“ verwaltet der Identity Provider: Ändern Sie sie dort.`,
  },
  feed_position_unknown: {
    title: 'Stelle unbekannt',
    detail: ({ position }) => `„${position}“ ist keine Stelle in den Änderungen dieses Workspace.`,
  },
  reconcile_outdated: {
    title: 'Vorschau überholt',
    detail: () =>
      'Die Personen des Workspace, oder die Zeilen, sind nicht mehr die der Vorschau. Nichts wurde geändert.',
  },
  hold_unknown: {
    title: 'Angehaltene Entfernung unbekannt',
    detail: ({ id }) => `Eine angehaltene Entfernung „${id}“ gibt es in diesem Workspace nicht.`,
  },
  problem_unknown: {
    title: 'Problem unbekannt',
    detail: ({ id }) => `„${id}“ ist kein offenes Problem, das verworfen werden kann.`,
  },
}
