import type { common as en } from '../en/common.ts'
import { many, number } from './counts.ts'

/** What several pages say. */
export const common: typeof en = {
  loading: 'Wird geladen …',
  cancel: 'Abbrechen',
  close: 'Schließen',
  back: 'Zurück',
  done: 'Fertig',
  all: 'Alle',
  yes: 'Ja',
  no: 'Nein',
  never: 'Nie',
  actions: 'Aktionen',
  nothingFound: 'Nichts passt dazu.',
  more: (count) => `und ${number(count)} weitere`,
  days: (count) => many(count, 'Tag', 'Tage'),
  inDays: (count) => `In ${many(count, 'Tag', 'Tagen')}`,
  roles: {
    operator: 'Operator',
    workspace_admin: 'Workspace-Admin',
    api_key: 'API-Schlüssel',
  },
  failure: {
    title: 'Das hat nicht geklappt',
    offline: 'Der Dienst ist nicht erreichbar',
    offlineDetail: 'Prüfen Sie die Netzverbindung und versuchen Sie es noch einmal.',
    fix: 'Was zu tun ist:',
    reference: 'Referenz:',
    again: 'Noch einmal versuchen',
    stale: 'Der Dienst antwortet gerade nicht. Was Sie sehen, kann veraltet sein.',
  },
  copy: {
    copy: 'Kopieren',
    copied: 'Kopiert',
    what: (name) => `Kopieren: ${name}`,
    done: (name) => `${name} kopiert`,
    failed: 'Der Browser hat das Kopieren nicht erlaubt. Markieren Sie den Text und kopieren Sie ihn von Hand.',
  },
  pager: { label: 'Seiten', first: 'Anfang', back: 'Zurück', next: 'Weiter' },
  memberStates: {
    effective: 'Wirksam',
    suspended: 'Gesperrt',
    pending: 'Vorgemerkt',
    unresolved: 'Unbekannte ID',
  },
  providers: {
    entra: 'Microsoft Entra ID',
    okta: 'Okta (Katalog)',
    'okta-wizard': 'Okta (Wizard)',
    onelogin: 'OneLogin',
    jumpcloud: 'JumpCloud',
    authentik: 'authentik',
    other: 'Anderer',
  },
}
