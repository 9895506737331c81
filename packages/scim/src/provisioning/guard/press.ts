import type { HoldRow } from '../../store/holds.ts'
import type { Language } from '../history/sentences.ts'

/** Names of providers that send a refused removal again with their next synchronisation, and have nothing to press for it. */
const NAMES: Readonly<Record<string, string>> = { onelogin: 'OneLogin', jumpcloud: 'JumpCloud', authentik: 'authentik' }

/** What to press at the provider, once a hold is let through: only a request of its own applies anything. */
export function whatToPress(hold: Pick<HoldRow, 'group_name' | 'provider'>): Readonly<Record<Language, string>> {
  const name = hold.group_name
  switch (hold.provider) {
    case 'entra':
      return {
        en: `Entra sends it again with its next cycle, within about 40 minutes. To have it at once: Provision on demand, choose the group "${name}", press Provision.`,
        de: `Entra sendet es mit dem nächsten Zyklus erneut, binnen etwa 40 Minuten. Sofort geht es so: Provision on demand, die Gruppe „${name}“ wählen, Provision drücken.`,
      }
    case 'okta':
    case 'okta-wizard':
      return {
        en: `Okta does not send it again by itself: in the application, open Push Groups and press Retry beside the group "${name}".`,
        de: `Okta sendet es nicht von selbst erneut: Öffnen Sie in der Anwendung Push Groups und drücken Sie Retry neben der Gruppe „${name}“.`,
      }
    default:
      return {
        en: `${NAMES[hold.provider] ?? 'The identity provider'} sends it again with its next synchronisation of the group "${name}". To have it at once, start one there.`,
        de: `${NAMES[hold.provider] ?? 'Der Identity-Provider'} sendet es mit der nächsten Synchronisierung der Gruppe „${name}“ erneut. Sofort geht es, wenn Sie sie dort starten.`,
      }
  }
}
