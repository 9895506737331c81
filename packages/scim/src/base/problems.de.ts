import type { Problem, ProblemCode } from './problems.ts'

/** Why a problem (`problems.ts`) happens and what an admin does about it, in German. */
export const GERMAN_PROBLEMS: Readonly<Record<ProblemCode, Pick<Problem, 'cause' | 'fix'>>> = {
  token_missing: {
    cause: 'Die Anfrage hat keinen Header „Authorization“, oder einen leeren.',
    fix: 'Fügen Sie das SCIM-Token dieses Workspace in das Token-Feld des Providers ein und testen Sie die Verbindung noch einmal.',
  },
  token_malformed: {
    cause: 'Es wurde das Token eines anderen Produkts, ein unvollständiges oder ein vertipptes eingefügt.',
    fix: 'Kopieren Sie das ganze Token noch einmal, von „opt_scim_“ bis zum letzten Zeichen, ohne Leerzeichen und Zeilenumbrüche; oder stellen Sie ein neues aus.',
  },
  token_unknown: {
    cause:
      'Das Token ist wohlgeformt, wurde aber nie von diesem Dienst ausgestellt, oder es wurde mit seinem Workspace gelöscht.',
    fix: 'Stellen Sie im Panel des Workspace ein neues Token aus und fügen Sie es beim Provider ein.',
  },
  token_expired: {
    cause: 'Ein Token gilt befristet, 365 Tage, wenn nichts anderes gesagt wurde.',
    fix: 'Stellen Sie ein neues Token aus, fügen Sie es beim Provider ein und ziehen Sie das abgelaufene zurück.',
  },
  token_revoked: {
    cause: 'Ein Admin hat das Token widerrufen, oder es wurde bei einem Wechsel zurückgezogen.',
    fix: 'Fügen Sie das aktuelle Token des Workspace beim Provider ein, oder stellen Sie ein neues aus.',
  },
  scim_off: {
    cause: 'SCIM wird für jeden Workspace vom Ansprechpartner bei Optimaite eingeschaltet; für diesen ist es aus.',
    fix: 'Bitten Sie Ihren Ansprechpartner bei Optimaite, SCIM für diesen Workspace einzuschalten.',
  },
  not_found: {
    cause:
      'Die Basis-URL beim Provider hat noch etwas hinter „/scim/v2“, oder der Provider fragt eine Adresse ab, die es hier nicht gibt.',
    fix: 'Tragen Sie die Basis-URL genau so ein, wie das Panel sie zeigt.',
  },
  not_offered: {
    cause: 'Die Anfrage nutzt eine Funktion von SCIM, die laut ServiceProviderConfig nicht angeboten wird.',
    fix: 'Schalten Sie die Funktion beim Provider aus; alles, was sie tut, geht auch mit einzelnen Anfragen.',
  },
  method_not_allowed: {
    cause: 'Diese Methode gibt es für diese Adresse nicht.',
    fix: 'Prüfen Sie beim Provider die SCIM-Version (2.0) und die Basis-URL.',
  },
  filter_not_offered: {
    cause: 'Eine der Auskunftsadressen wurde mit einem Filter gefragt, der nicht angewendet würde (RFC 7644 §4).',
    fix: 'In den Einstellungen des Providers gibt es dazu nichts: Melden Sie es dem Provider.',
  },
  body_too_large: {
    cause: 'Eine Anfrage enthielt mehr, als der Dienst annimmt.',
    fix: 'Verringern Sie beim Provider die Zahl der Mitglieder je Anfrage.',
  },
  content_encoding: {
    cause: 'Der Inhalt der Anfrage ist komprimiert.',
    fix: 'Schalten Sie beim Provider oder im Proxy dazwischen die Komprimierung von Anfragen aus.',
  },
  content_type: {
    cause: 'Der Inhalt der Anfrage ist nicht als JSON bezeichnet.',
    fix: 'Lassen Sie den Provider application/scim+json senden.',
  },
  too_many_requests: {
    cause: 'Das Token hat seinen Vorrat an Anfragen verbraucht.',
    fix: 'Nichts: Provider werden von selbst langsamer und machen weiter.',
  },
  overloaded: {
    cause: 'Es wartete mehr Arbeit, als in der Zeit zu schaffen war.',
    fix: 'Nichts: Provider versuchen es von selbst wieder. Hält es an, fragen Sie den Betreiber des Dienstes.',
  },
  store_unavailable: {
    cause:
      'Die Datenbank ist nicht erreichbar, nur lesbar, von einem anderen Programm gesperrt, oder ihr Datenträger ist voll.',
    fix: 'Für den Admin des Providers nichts: Er versucht es von selbst wieder. Der Betreiber des Dienstes findet die Ursache in dessen Protokoll.',
  },
  internal: {
    cause: 'Ein Fehler im Dienst.',
    fix: 'Nennen Sie dem Support von Optimaite die Referenz der Anfrage.',
  },
  answer_lost: {
    cause:
      'Der Speicher ist ausgefallen, nachdem die Änderung geschrieben war und bevor sie für die Antwort gelesen wurde.',
    fix: 'Nichts: Wiederholt ein Provider die Anfrage, so findet er sie erledigt. Hält es an, nennen Sie dem Support von Optimaite die Referenz der Anfrage.',
  },
  invalid_syntax: {
    cause: 'Der Inhalt ist kein JSON, oder hat nicht die Form, die RFC 7644 verlangt.',
    fix: 'Lässt der Provider Sie den Inhalt der Anfrage bearbeiten, so berichtigen Sie ihn dort; sonst melden Sie es dem Provider.',
  },
  invalid_value: {
    cause: 'Ein Wert fehlt, hat den falschen Typ oder ist für sein Attribut nicht möglich.',
    fix: 'Berichtigen Sie beim Provider die Attributzuordnung, sodass er einen passenden Wert sendet.',
  },
  invalid_filter: {
    cause: 'Der Filter ist fehlerhaft, oder nennt ein Attribut oder einen Vergleich, den es nicht gibt.',
    fix: 'Wählen Sie beim Provider ein anderes Attribut für die Zuordnung: userName, externalId oder emails bei Benutzern, displayName oder externalId bei Gruppen.',
  },
  invalid_path: {
    cause: 'Eine PATCH-Operation nennt ein Attribut, das es nicht gibt, oder einen Pfad, der nicht zu lesen ist.',
    fix: 'Entfernen Sie das Attribut aus der Zuordnung des Providers.',
  },
  no_target: {
    cause: 'Eine PATCH-Operation meint einen Wert, den es nicht gibt, oder sagt nicht, was sie meint.',
    fix: 'Entfernen Sie das Attribut aus der Zuordnung des Providers, oder lassen Sie ihn den Wert zuerst senden.',
  },
  mutability: {
    cause: 'Die Anfrage will ändern, was nur der Dienst festlegt.',
    fix: 'Entfernen Sie das Attribut aus der Zuordnung des Providers.',
  },
  invalid_cursor: {
    cause:
      'Eine Seitenmarke wurde verändert, gekürzt oder mit anderem Filter, anderer Sortierung oder in einem anderen Workspace verwendet.',
    fix: 'Beginnen Sie wieder mit der ersten Seite.',
  },
  invalid_count: {
    cause: 'Die Seitengröße ist keine ganze Zahl, oder eine andere als die der Seitenmarke.',
    fix: 'Senden Sie count als ganze Zahl von 0 bis 1.000, bei jeder Seite dieselbe.',
  },
  too_many_operations: {
    cause: 'Eine PATCH-Anfrage enthielt mehr Operationen, als der Dienst annimmt.',
    fix: 'Verringern Sie beim Provider die Zahl der Änderungen je Anfrage.',
  },
  group_unknown: {
    cause: 'Die Gruppe wurde hier gelöscht, oder gehört zu einem anderen Workspace.',
    fix: 'Entra: Starten Sie die Bereitstellung neu. Okta: Heben Sie die Verknüpfung der Gruppe auf und übertragen Sie sie noch einmal.',
  },
  user_unknown: {
    cause: 'Die Person wurde aus dem Workspace entfernt, oder gehört zu einem anderen.',
    fix: 'Fügen Sie die Person in Optimaite dem Workspace hinzu; dann Entra: Bereitstellung neu starten, Okta: an der Zuweisung „Provision User“ drücken.',
  },
  target_unknown: {
    cause: 'PUT oder PATCH auf die Sammlung nannte eine Gruppe, die es nicht gibt; PUT legt nie an (RFC 7644 §3.5.1).',
    fix: 'Legen Sie die Gruppe zuerst mit POST an.',
  },
  target_missing: {
    cause:
      'PUT auf die Sammlung braucht id, externalId oder displayName im Inhalt; PATCH eine id auf oberster Ebene oder ?filter=.',
    fix: 'Nennen Sie die Gruppe mit ihrer ID.',
  },
  target_ambiguous: {
    cause: 'Auf den Filter eines PATCH auf die Sammlung passen mehrere Gruppen.',
    fix: 'Nehmen Sie einen Filter auf id, externalId oder displayName.',
  },
  group_name_taken: {
    cause:
      'Zwei Gruppen des Providers haben denselben Anzeigenamen, oder eine Gruppe dieses Namens gibt es hier schon.',
    fix: 'Benennen Sie beim Provider eine der Gruppen um. Okta: Verknüpfen Sie die vorhandene Gruppe, statt eine anzulegen. Entra: Ordnen Sie Gruppen nach displayName zu, um die vorhandene zu übernehmen.',
  },
  group_external_id_taken: {
    cause: 'Zwei Gruppen haben dieselbe externalId bekommen.',
    fix: 'Prüfen Sie das Attribut, das der Provider auf externalId abbildet (Entra: objectId).',
  },
  user_name_taken: {
    cause: 'Eine Person mit diesem userName gibt es im Workspace schon.',
    fix: 'Lassen Sie den Provider nach userName suchen, bevor er anlegt; prüfen Sie, ob zwei Konten dieselbe Adresse haben.',
  },
  user_creation_refused: {
    cause:
      'Personen gibt es zuerst in Optimaite, und sie werden zugeordnet; SCIM legt sie in diesem Workspace nicht an.',
    fix: 'Laden Sie die Person in Optimaite ein und lassen Sie den Provider noch einmal zuordnen. Oder lassen Sie einen Admin des Workspace neue Personen auf „vormerken“ stellen.',
  },
  members_unknown: {
    cause: 'Der Workspace lehnt Mitglieder ab, die er nicht kennt (Einstellung „Anfrage ablehnen“).',
    fix: 'Fügen Sie die Personen in Optimaite dem Workspace hinzu, oder lassen Sie einen Admin des Workspace unbekannte Mitglieder auf „aufzeichnen“ stellen.',
  },
  record_too_large: {
    cause: 'Der Provider bildet mehr oder längere Attribute ab, als je Person aufgehoben werden.',
    fix: 'Löschen Sie Attributzuordnungen, die Optimaite nicht braucht; userName, name, displayName, emails, active und externalId genügen.',
  },
  precondition_failed: {
    cause: 'If-Match nannte eine Version, die nicht mehr die aktuelle ist.',
    fix: 'Lesen Sie die Ressource neu und wiederholen Sie die Änderung.',
  },
  removal_held: {
    cause:
      'Die Anfrage nimmt, zusammen mit dem, was in den zehn Minuten davor entfernt wurde, mehr Mitglieder aus einer Gruppe, als der Schutz des Workspace erlaubt.',
    fix: 'Ist die Entfernung gewollt, lassen Sie sie im Panel durch und drücken Sie dort, was es dann nennt: Okta Push Groups → Retry, Entra „Bei Bedarf bereitstellen“. Wenn nicht, weisen Sie sie ab und berichtigen Sie die Zuweisung beim Provider.',
  },
  removal_turned_away: {
    cause:
      'Der Schutz hatte eine gleiche Entfernung aufgehalten, derselben Personen aus derselben Gruppe, und ein Admin hat sich dagegen entschieden.',
    fix: 'Weisen Sie die Personen beim Provider der Gruppe wieder zu. Ist die Entfernung doch gewollt, lassen Sie sie im Panel durch.',
  },
  group_managed: {
    cause:
      'Ein Provider hat in die Gruppe geschrieben, sie angelegt, verknüpft oder geändert, und sein nächster Abgleich würde die Änderung zurücknehmen.',
    fix: 'Ändern Sie die Gruppe beim Provider. Oder geben Sie sie zuerst frei, wenn er nicht mehr in sie schreibt: Schreibt er wieder, so verwaltet er sie wieder.',
  },
  feed_position_unknown: {
    cause:
      'Die Position wurde verändert, gehört zu einem anderen Workspace, oder der Speicher wurde auf eine Sicherung von vorher zurückgesetzt.',
    fix: 'Beginnen Sie neu: Merken Sie sich die Position, die changes.end nennt, lesen Sie jede Gruppe mit groups.members und machen Sie von dort weiter.',
  },
  reconcile_outdated: {
    cause:
      'Zwischen Vorschau und Bestätigung hat jemand die Personen des Workspace geändert, oder es wurden andere Zeilen gegeben.',
    fix: 'Sehen Sie sich die Vorschau noch einmal an und bestätigen Sie diese.',
  },
  hold_unknown: {
    cause:
      'Das Aufgehaltene gehört zu einem anderen Workspace, oder niemand hat es länger verlangt, als Aktivität behalten wird.',
    fix: 'Sehen Sie in der Liste des Aufgehaltenen noch einmal nach.',
  },
  problem_unknown: {
    cause:
      'Ausblenden lassen sich nur IDs, die eine Gruppe nennt und hinter denen niemand steht; diese ist bekannt, entfernt oder schon ausgeblendet.',
    fix: 'Sehen Sie in der Liste der offenen Punkte noch einmal nach.',
  },
}
