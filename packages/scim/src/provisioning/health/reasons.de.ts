import type { Reasons } from './reasons.en.ts'

/** Why an integration is said to be in its state, in German. */
export const GERMAN: Reasons = {
  scim_off: 'SCIM ist für diesen Workspace ausgeschaltet.',
  no_token: 'Es wurde noch kein SCIM-Token ausgestellt.',
  no_contact: 'Ein Token ist ausgestellt; der Provider hat es noch nicht benutzt.',
  token_wrong: 'Der Provider hat eine unvollständige oder vertippte Kopie des Tokens „{label}“ gesendet ({time}).',
  token_expired: 'Der Provider benutzt noch das Token „{label}“, das abgelaufen ist ({time}).',
  token_revoked: 'Der Provider benutzt noch das Token „{label}“, das widerrufen wurde ({time}).',
  no_live_token: 'Jedes Token ist abgelaufen oder widerrufen: Der Provider kann sich nicht verbinden.',
  request_refused:
    'Die letzte Anfrage {method} {route} wurde mit {status} abgelehnt und ist seitdem nicht gelungen ({time}). {cause}',
  request_faulted:
    'Die letzte Anfrage {method} {route} konnte nicht ausgeführt werden ({status}) und ist seitdem nicht gelungen ({time}). {cause}',
  polls_missing: 'Der Provider fragt alle {minutes} Minuten an und war zuletzt vor {hours} Stunden da ({time}).',
  in_contact: 'Der Provider war zuletzt am {time} da, und nichts von dem, was er wollte, ist offengeblieben.',
  time: '{day}.{month}.{year}, {hour}:{minute} UTC',
}
