import type { Refusal, RefusalCode } from './refusals.ts'

/** A refusal of the admin API (`refusals.ts`) in German: its heading, what is the case, and what to do about it. */
export interface GermanRefusal extends Pick<Refusal, 'detail' | 'fix'> {
  readonly title: string
}

const WHO: Readonly<Record<string, string>> = {
  setup_link: 'einen geöffneten Einrichtungslink',
  signed_in: 'jemanden, der angemeldet ist',
}
const REACH: Readonly<Record<string, string>> = {
  service: ' für alle Workspaces',
  workspace: ' in diesem Workspace',
  scim: ', womit SCIM ein- und ausgeschaltet wird',
}
const WHAT: Readonly<Record<string, string>> = {
  sign_in: 'keine eigene Anmeldung',
  guides: 'keine Anleitungen',
  rehearsals: 'keine Proben',
}
const SETUP_LINK: Readonly<Record<string, string>> = {
  unknown: 'Dieser Einrichtungslink ist hier nicht bekannt. Kopieren Sie noch einmal den ganzen Link.',
  revoked: 'Dieser Einrichtungslink wurde widerrufen.',
  expired: 'Dieser Einrichtungslink ist abgelaufen.',
  claimed: 'Dieser Einrichtungslink wurde schon in einem anderen Browser geöffnet.',
}
const ADMIN: Readonly<Record<string, string>> = {
  operator: '{email} ist schon Operator und hat alle Workspaces.',
  admin: '{email} ist dort schon Admin.',
  last_operator:
    'Das ist der letzte Operator: Laden Sie zuerst einen anderen ein, sonst könnte sich niemand mehr anmelden.',
}

export const GERMAN_REFUSALS: Readonly<Record<RefusalCode, GermanRefusal>> = {
  not_signed_in: {
    title: 'Nicht angemeldet',
    detail: () => 'Melden Sie sich an, oder senden Sie einen API-Schlüssel als „Authorization: Bearer opt_key_…“.',
    fix: 'Melden Sie sich noch einmal an, oder senden Sie den Schlüssel einer Anwendung.',
  },
  api_key_refused: {
    title: 'API-Schlüssel abgelehnt',
    detail: () => 'Dieser API-Schlüssel ist hier nicht bekannt, abgelaufen oder widerrufen.',
    fix: 'Stellen Sie einen neuen Schlüssel aus und geben Sie ihn der Anwendung.',
  },
  too_many_calls: {
    title: 'Zu viele Aufrufe',
    detail: ({ seconds }) =>
      `Zu viele Anfragen mit diesem API-Schlüssel. Versuchen Sie es in ${seconds} s noch einmal.`,
    fix: 'Warten Sie, wie es Retry-After sagt; senden Sie Personen und Mitglieder in einem Aufruf, und fragen Sie nach langen Seiten.',
  },
  setup_not_claimed: {
    title: 'Kein Einrichtungslink geöffnet',
    detail: () => 'Dieser Browser hat keinen Einrichtungslink geöffnet, oder der Link gilt nicht mehr.',
    fix: 'Bitten Sie um einen neuen Link, wo dieser herkam.',
  },
  forbidden: {
    title: 'Nicht erlaubt',
    detail: ({ who, scope, reach }) => `Dafür braucht es ${WHO[`${who}`] ?? `„${scope}“${REACH[`${reach}`] ?? ''}`}.`,
    fix: 'Fragen Sie einen Operator, oder nehmen Sie einen Schlüssel mit dieser Berechtigung.',
  },
  origin_refused: {
    title: 'Von einer anderen Seite',
    detail: () => 'Eine Änderung aus einem Browser muss von dieser Seite kommen.',
    fix: 'Verwenden Sie die Adresse, auf die der Dienst eingestellt ist; ein Programm sendet statt einer Sitzung einen API-Schlüssel.',
  },
  scopes_beyond: {
    title: 'Mehr als die eigenen Berechtigungen',
    detail: ({ scopes }) => `Niemand kann vergeben, was er selbst nicht hat: ${scopes}.`,
    fix: 'Lassen Sie diese Berechtigungen weg, oder lassen Sie einen Operator den Schlüssel ausstellen oder den Admin einladen.',
  },
  route_unknown: {
    title: 'Adresse unbekannt',
    detail: () => 'Unter dieser Adresse gibt es nichts.',
    fix: 'Sehen Sie den Pfad in /api/admin/v1/openapi.json nach.',
  },
  wrong_method: {
    title: 'Methode nicht möglich',
    detail: ({ method, allow }) => `${method} ist hier nicht möglich. Möglich: ${allow}.`,
    fix: 'Sehen Sie den Pfad in /api/admin/v1/openapi.json nach.',
  },
  not_installed: {
    title: 'Nicht vorhanden',
    detail: ({ what }) => `Dieser Dienst hat ${WHAT[`${what}`] ?? `kein „${what}“`}.`,
    fix: 'Verwenden Sie, was die Anwendung dafür selbst hat.',
  },
  invalid_request: {
    title: 'Anfrage nicht lesbar',
    detail: ({ count }) =>
      count === 1
        ? 'Die Anfrage ist nicht lesbar; der Fehler ist genannt.'
        : `Die Anfrage hat ${count} Fehler; sie sind genannt.`,
    fix: 'Berichtigen Sie, was genannt ist, jedes an seiner Stelle.',
  },
  json_expected: {
    title: 'JSON erwartet',
    detail: () => 'Der Inhalt muss JSON sein, bezeichnet als Content-Type: application/json.',
    fix: 'Senden Sie application/json, ohne Content-Encoding.',
  },
  people_refused: {
    title: 'Personen abgelehnt',
    detail: ({ count }) =>
      `${count} der Personen können nicht gespeichert werden, darum wurde es keine; sie sind genannt.`,
    fix: 'Berichtigen Sie die genannten Zeilen.',
  },
  workspace_unknown: {
    title: 'Workspace unbekannt',
    detail: ({ workspace }) => `Es gibt keinen Workspace „${workspace}“.`,
    fix: 'Prüfen Sie den Kurznamen in der Adresse.',
  },
  workspace_taken: {
    title: 'Workspace vergeben',
    detail: ({ slug }) => `Einen Workspace „${slug}“ gibt es schon.`,
    fix: 'Wählen Sie einen anderen Kurznamen.',
  },
  workspace_slug: {
    title: 'Kurzname nicht möglich',
    detail: ({ slug }) =>
      `„${slug}“ kann kein Kurzname sein: 1 bis 63 Zeichen aus a–z, 0–9 und „-“, mit einem Buchstaben oder einer Ziffer an beiden Enden.`,
    fix: 'Wählen Sie einen Kurznamen aus a–z, 0–9 und „-“.',
  },
  workspace_name: {
    title: 'Name fehlt',
    detail: () => 'Der Name eines Workspace darf nicht leer sein.',
    fix: 'Geben Sie ihm einen Namen.',
  },
  workspace_guard: {
    title: 'Grenze nicht möglich',
    detail: ({ most }) => `Der Wächter ist an oder aus, mit einer ganzen Zahl von 1 bis ${most} als Grenze.`,
    fix: 'Wählen Sie eine ganze Zahl ab 1.',
  },
  group_gone: {
    title: 'Gruppe unbekannt',
    detail: ({ group }) => `Eine Gruppe „${group}“ gibt es in diesem Workspace nicht.`,
    fix: 'Suchen Sie die Gruppe in der Liste.',
  },
  group_deleted: {
    title: 'Gruppe gelöscht',
    detail: ({ group, id }) =>
      `Die Gruppe „${group}“ (${id}) ist gelöscht: Es gibt nichts, wohin ihre Mitglieder zurückkehren könnten.`,
    fix: 'Legen Sie die Gruppe zuerst wieder an.',
  },
  person_unknown: {
    title: 'Person unbekannt',
    detail: ({ person }) => `In diesem Workspace ist niemand als „${person}“ bekannt.`,
    fix: 'Suchen Sie die Person in der Liste.',
  },
  person_pending: {
    title: 'Person ohne Konto',
    detail: ({ person }) => `„${person}“ hat noch kein Konto, also ist daran nichts zu ändern.`,
    fix: 'Fügen Sie das Konto hinzu; seine bestätigte Adresse übernimmt, was vorgemerkt ist.',
  },
  preview_outdated: {
    title: 'Vorschau überholt',
    detail: ({ id }) =>
      `Die Vorschau von ${id} passt nicht mehr: Die Gruppe oder ihre Personen haben sich seither geändert.`,
    fix: 'Sehen Sie sich eine neue Vorschau an und bestätigen Sie diese.',
  },
  scim_token_unknown: {
    title: 'Token unbekannt',
    detail: ({ id }) => `Ein Token „${id}“ gibt es in diesem Workspace nicht.`,
    fix: 'Sehen Sie in der Liste der Token nach.',
  },
  scim_token_ended: {
    title: 'Token beendet',
    detail: ({ id }) => `Das Token „${id}“ gilt schon nicht mehr.`,
    fix: 'Nichts, oder stellen Sie ein neues aus.',
  },
  setup_link_unknown: {
    title: 'Einrichtungslink unbekannt',
    detail: ({ id }) => `Einen Einrichtungslink „${id}“ gibt es in diesem Workspace nicht.`,
    fix: 'Sehen Sie in der Liste der Einrichtungslinks nach.',
  },
  setup_link_refused: {
    title: 'Einrichtungslink abgelehnt',
    detail: ({ state }) => SETUP_LINK[`${state}`] ?? 'Dieser Einrichtungslink öffnet nichts.',
    fix: 'Bitten Sie um einen neuen Link, wo dieser herkam.',
  },
  activity_unknown: {
    title: 'Anfrage unbekannt',
    detail: ({ id }) => `Einen Eintrag „${id}“ gibt es in der Aktivität dieses Workspace nicht.`,
    fix: 'Prüfen Sie die Referenz, und wie lange der Workspace Aktivität behält.',
  },
  api_key_unknown: {
    title: 'API-Schlüssel unbekannt',
    detail: ({ id }) => `Einen API-Schlüssel „${id}“ gibt es nicht.`,
    fix: 'Sehen Sie in der Liste der Schlüssel nach.',
  },
  admin_unknown: {
    title: 'Admin unbekannt',
    detail: ({ id }) => `Einen Admin „${id}“ gibt es nicht.`,
    fix: 'Sehen Sie in der Liste der Admins nach.',
  },
  admin_refused: {
    title: 'Admin abgelehnt',
    detail: ({ code, email }) =>
      (ADMIN[`${code}`] ?? 'Das ist mit diesem Admin nicht möglich.').replace('{email}', () => `${email}`),
    fix: 'Was zu tun ist, sagt die Meldung.',
  },
  guide_unknown: {
    title: 'Anleitung unbekannt',
    detail: ({ provider }) => `Eine Anleitung für „${provider}“ gibt es nicht.`,
    fix: 'Nehmen Sie die Anleitung „other“.',
  },
  rehearsal_unknown: {
    title: 'Probe unbekannt',
    detail: ({ provider }) => `Eine Probe von „${provider}“ gibt es nicht.`,
    fix: 'Sehen Sie in der Liste der Proben nach.',
  },
  rehearsal_running: {
    title: 'Eine Probe läuft',
    detail: () => 'Es läuft schon eine Probe. Warten Sie, bis sie zu Ende ist.',
    fix: 'Versuchen Sie es in einer Minute noch einmal.',
  },
}
