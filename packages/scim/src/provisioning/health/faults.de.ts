import type { Faults } from './faults.en.ts'

/** Why a step of a set-up has failed, and what an admin does about it, in German. */
export const GERMAN: Faults = {
  token_wrong: {
    cause:
      'Was der Provider gesendet hat, beginnt wie das Token „{label}“, ist aber keine getreue Kopie davon ({time}).',
    fix: 'Kopieren Sie das ganze Token noch einmal, ohne Leerzeichen und Zeilenumbrüche, oder stellen Sie ein neues aus, und fügen Sie es beim Provider ein.',
  },
  token_expired: {
    cause: 'Der Provider hat das Token „{label}“ gesendet, das abgelaufen ist ({time}).',
    fix: 'Stellen Sie ein neues Token aus, fügen Sie es beim Provider ein und testen Sie die Verbindung noch einmal.',
  },
  token_revoked: {
    cause: 'Der Provider hat das Token „{label}“ gesendet, das widerrufen wurde ({time}).',
    fix: 'Fügen Sie das aktuelle Token dieses Workspace beim Provider ein, oder stellen Sie ein neues aus.',
  },
  scim_off: {
    cause: 'Das Token wurde angenommen, aber SCIM ist für diesen Workspace ausgeschaltet.',
    fix: 'Lassen Sie SCIM für diesen Workspace von einem Operator einschalten; der Provider macht dann von selbst weiter.',
  },
  path_unknown: {
    cause: 'Der Provider hat eine Adresse abgefragt, die hier nicht zu SCIM gehört.',
    fix: 'Tragen Sie die Basis-URL beim Provider genau so ein, wie sie hier steht, ohne etwas dahinter.',
  },
  nobody_found: {
    cause: 'Die Suche {filter} hat niemanden gefunden: Niemand in diesem Workspace hat diesen Wert.',
    fix: 'Fügen Sie die Person dem Workspace mit diesem userName oder einer gleichen, bestätigten E-Mail-Adresse hinzu; oder lassen Sie den Provider userName auf die Adresse abbilden, mit der man sich hier anmeldet. Lassen Sie ihn es dann noch einmal versuchen.',
  },
  user_creation_refused: {
    cause: 'Der Provider wollte eine Person anlegen, die hier kein Konto hat, und SCIM legt keine Konten an.',
    fix: 'Fügen Sie die Person zuerst dem Workspace hinzu und lassen Sie den Provider noch einmal zuordnen, schalten Sie beim Provider das Anlegen von Benutzern aus, oder stellen Sie unbekannte Benutzer auf „vormerken“.',
  },
  members_refused: {
    cause: 'Der Provider hat Mitglieder genannt, die hier nicht bekannt sind, und dieser Workspace lehnt sie ab.',
    fix: 'Fügen Sie die Personen dem Workspace hinzu, oder stellen Sie unbekannte Mitglieder auf „aufzeichnen“.',
  },
  member_unresolved: {
    cause: 'Die Gruppe „{group}“ hat Mitglieder, aber hinter deren IDs steht in diesem Workspace niemand.',
    fix: 'Fügen Sie die Personen dem Workspace hinzu: Von da an zählen ihre Mitgliedschaften. Sind sie schon da, starten Sie die Bereitstellung beim Provider neu, damit er ihre IDs neu lernt.',
  },
  member_pending: {
    cause: 'Die Mitglieder der Gruppe „{group}“ sind vorgemerkt: Sie haben noch kein Konto.',
    fix: 'Laden Sie sie ein: Ihre Mitgliedschaften zählen, sobald sie ein Konto mit dieser Adresse haben, bestätigt.',
  },
  member_suspended: {
    cause: 'Die Mitglieder der Gruppe „{group}“ sind gesperrt: Der Provider hat sie als nicht aktiv gemeldet.',
    fix: 'Aktivieren Sie eine der Personen beim Provider, oder weisen Sie jemanden zu, der aktiv ist.',
  },
  refused: {
    cause: '{method} {route} wurde mit {status} abgelehnt ({problem}).',
    fix: 'Öffnen Sie die Anfrage: Dort steht, was an ihr falsch war und was zu tun ist.',
  },
  faulted: {
    cause: '{method} {route} konnte nicht ausgeführt werden ({status}).',
    fix: 'Beim Provider nichts: Er versucht es von selbst noch einmal. Bleibt es so, fragen Sie den Betreiber des Dienstes.',
  },
}
