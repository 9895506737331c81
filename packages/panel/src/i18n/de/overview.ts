import type { overview as en } from '../en/overview.ts'
import { many, number } from './counts.ts'

/** Workspaces, their health, and what is held. */
export const overview: typeof en = {
  workspaces: {
    title: 'Workspaces',
    says: 'Jede Anbindung und ihr Zustand; was Aufmerksamkeit braucht, steht oben.',
    search: 'Workspace suchen',
    name: 'Name',
    state: 'Zustand',
    contact: 'Letzter Kontakt',
    day: 'Letzte 24 Stunden',
    outcomes: (ok, failed) => `${ok} gelungen · ${failed} gescheitert`,
    none: 'Noch keine Workspaces',
    noneSays: 'Ein Workspace gehört einem Kunden: mit dessen Personen, Gruppen, Tokens und Verlauf.',
    create: 'Neuer Workspace',
    createSays: 'Der nächste Schritt ist, seinen Provider anzubinden.',
    created: (name) => `Workspace „${name}“ angelegt`,
    slug: 'Kurzname',
    slugHint: 'Für Adressen und die Kommandozeile: a–z, 0–9 und Bindestriche. Er lässt sich später nicht ändern.',
    scim: 'SCIM einschalten',
    scimHint: 'Provider können sich verbinden, sobald sie ein Token haben.',
  },
  health: { off: 'Aus', waiting: 'Wartet', healthy: 'Gesund', failing: 'Gestört', silent: 'Verstummt' },
  overview: {
    title: 'Überblick',
    state: 'Zustand der Anbindung',
    since: 'Seit:',
    connect: 'Einen Provider anbinden',
    showRequest: 'Anfrage ansehen',
    problems: 'Offene Probleme',
    noProblems: 'Nichts ist offen.',
    examples: (count) => `${count} anzeigen`,
    lastFailed: 'Zuletzt:',
    showRequests: 'Anfragen ansehen',
    moreFailures: 'Von den gescheiterten Anfragen sind die neuesten 1.000 gezählt.',
    namedBy: 'Genannt von',
    accounts: 'Konten:',
    dismiss: 'Abtun',
    dismissed: 'Abgetan. Es kommt wieder, wenn der Provider es noch einmal nennt.',
  },
  holds: {
    title: 'Angehaltene Entfernungen',
    says: 'Der Wächter hat Anfragen angehalten, die viele Personen aus einer Gruppe nähmen. Was angehalten oder abgewiesen ist, ist nicht ausgeführt.',
    states: {
      held: 'Angehalten',
      let_through: 'Durchgelassen',
      turned_away: 'Abgewiesen',
      expired: 'Verfallen',
      applied: 'Ausgeführt',
      gone: 'Gruppe gelöscht',
    },
    kinds: {
      members_removed: 'Mitglieder herauszunehmen',
      group_deleted: 'die Gruppe zu löschen',
      person_deleted: 'eine Person zu löschen',
    },
    or: ' oder ',
    sentence: (token, asked, losses, requests) =>
      `${token} hat ${number(requests)}-mal verlangt, ${asked}: ${many(losses, 'Mitgliedschaft würde', 'Mitgliedschaften würden')} enden.`,
    reason: (before, limit) =>
      before === 0
        ? `Binnen zehn Minuten ${limit === 1 ? 'darf' : 'dürfen'} ${number(limit)} enden.`
        : `In den zehn Minuten davor ${before === 1 ? 'war' : 'waren'} schon ${many(before, 'Mitgliedschaft', 'Mitgliedschaften')} beendet; ${limit === 1 ? 'erlaubt ist' : 'erlaubt sind'} ${number(limit)}.`,
    ends: {
      turned_away:
        'Dieselbe Entfernung wird mit 403 abgelehnt, auch wo die Grenze sie erlaubt, bis Sie sie durchlassen.',
      expired: 'Sendet der Provider sie erneut, wird sie erneut angehalten.',
      applied: 'Sie ist inzwischen ausgeführt.',
      gone: 'Die Gruppe ist gelöscht; zu entscheiden gibt es nichts mehr.',
    },
    noneHere: 'Alles, was auf dieser Seite stünde, ist erledigt.',
    last: 'Zuletzt gefragt',
    by: (name) => `Entschieden von ${name}`,
    until: 'gilt bis',
    next: 'Beim Provider:',
    letThrough: 'Durchlassen',
    letThroughSays: (losses, group) =>
      `24 Stunden lang dürfen bis zu ${many(losses, 'Mitgliedschaft', 'Mitgliedschaften')} von „${group}“ enden. Das allein führt nichts aus: Der Provider muss seine Anfrage noch einmal senden.`,
    turnAway: 'Abweisen',
    turnAwaySays:
      'Weitere Anfragen nach derselben Entfernung werden mit 403 beantwortet, auch wo die Grenze sie erlaubt, bis Sie sie durchlassen. Die Mitgliedschaften bleiben, wie sie sind.',
    decided: 'Entschieden',
  },
}
