import type { connect as en } from '../en/connect.ts'

/** Setting up a provider, also by a link. */
export const connect: typeof en = {
  connect: {
    title: 'Einrichten',
    choose: 'Welcher Provider verwaltet die Gruppen?',
    provider: 'Provider',
    off: 'SCIM ist für diesen Workspace ausgeschaltet',
    offSays:
      'Sie können alles vorbereiten; Anfragen des Providers werden abgelehnt, bis ein Operator SCIM einschaltet.',
    values: 'Werte zum Einfügen',
    address: 'SCIM-Adresse',
    token: 'Token',
    tokenLabel: (provider) => provider,
    tokenMissing: 'das Token (oben ausstellen)',
    issue: 'Token ausstellen',
    issueSays: 'Es wird einmal gezeigt und steht dann in den Schritten unten.',
    mayNotIssue: 'Sie dürfen keine Tokens ausstellen. Bitten Sie einen Admin darum.',
  },
  checklist: {
    title: 'Fortschritt',
    progress: (done, all) => `${done} von ${all} Schritten erledigt`,
    live: 'Aus echten Anfragen, alle zwei Sekunden erneuert.',
    states: { open: 'Offen', done: 'Erledigt', failed: 'Gescheitert' },
    steps: {
      contact: 'Der Provider hat uns erreicht',
      token: 'Das Token wurde angenommen',
      lookup: 'Eine Testsuche wurde beantwortet',
      person: 'Eine erste Person wurde zugeordnet',
      group: 'Eine erste Gruppe ist da',
      member: 'Ein erstes Mitglied ist da',
    },
  },
  rehearsal: {
    title: 'Erst proben',
    says: (provider) =>
      `Spielt gegen genau diesen Server, was ${provider} sendet, in einem Probe-Workspace, der danach entfernt wird. Ihrer bleibt unberührt.`,
    act: (provider) => `${provider} proben`,
    playing: 'Es wird geprobt …',
    result: (held, all) => `${held} von ${all} Schritten, wie sie sein sollen`,
  },
  setupLinks: {
    title: 'Jemand anderen einrichten lassen',
    says: 'Ein Einrichtungslink öffnet jemandem ohne Konto die Anleitung, den Fortschritt und ein Token; sonst nichts.',
    create: 'Einrichtungslink anlegen',
    createSays: 'Er gilt sieben Tage und für einen Browser.',
    once: 'Senden Sie ihn Ihrem Kontakt. Er wird nur dieses eine Mal gezeigt.',
    link: 'Einrichtungslink',
    note: 'Für wen',
    noteHint: 'Für Sie und andere Admins; der Kontakt sieht es nicht.',
    state: 'Zustand',
    states: { open: 'Noch nicht geöffnet', claimed: 'Geöffnet', expired: 'Abgelaufen', revoked: 'Widerrufen' },
    ends: 'Endet',
    claimed: 'Geöffnet',
    issued: 'Token ausgestellt',
    revoke: 'Widerrufen',
    revoked: 'Einrichtungslink widerrufen',
    revokeSays: 'Wer ihn geöffnet hat, sieht nichts mehr.',
    revokeToken: 'Auch sein Token widerrufen',
    revokeTokenHint: 'Der Provider kann sich dann nicht mehr damit verbinden.',
  },
  setup: {
    title: 'SCIM einrichten',
    says: 'Sie wurden gebeten, einen Identity Provider anzubinden. Ein Konto brauchen Sie dafür nicht.',
    claim: 'In diesem Browser öffnen',
    claimSays: 'Der Link gilt danach nur in diesem Browser.',
    closed: 'Die Einrichtung ist hier nicht geöffnet',
    closedSays:
      'Der Link ist vielleicht abgelaufen, widerrufen oder in einem anderen Browser geöffnet worden. Bitten Sie um einen neuen.',
    of: (workspace, provider) => `${provider} mit ${workspace} verbinden`,
    ends: 'Diese Seite ist offen bis',
    offSays:
      'Sie können alles vorbereiten; Anfragen des Providers werden abgelehnt, bis der Operator SCIM einschaltet.',
    hasToken: 'Ein Token wurde schon ausgestellt',
    replaces: 'Das beendet jenes, das hier zuvor ausgestellt wurde.',
  },
}
