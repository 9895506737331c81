import type { tokens as en } from '../en/tokens.ts'

/** Tokens. */
export const tokens: typeof en = {
  tokens: {
    title: 'Tokens',
    says: 'Damit weist sich ein Provider aus. Mehrere dürfen zugleich gelten, sodass ein Wechsel nichts unterbricht.',
    none: 'Noch keine Tokens',
    noneSays: 'Stellen Sie eines aus und fügen Sie es beim Provider ein.',
    issue: 'Token ausstellen',
    issueSays: 'Sein Text wird einmal gezeigt.',
    issued: 'Token ausgestellt',
    once: 'Kopieren Sie es jetzt: Es wird nur dieses eine Mal gezeigt und nirgends gespeichert.',
    copied: 'Ich habe es kopiert',
    label: 'Name',
    labelHint: 'Der Verlauf nennt ihn bei allem, was das Token tut.',
    provider: 'Provider',
    state: 'Zustand',
    states: { live: 'Gültig', expiring: 'Endet bald', expired: 'Abgelaufen', revoked: 'Beendet' },
    lastUsed: 'Zuletzt benutzt',
    ends: 'Endet',
    created: 'Ausgestellt',
    lifetime: 'Laufzeit',
    expiring: (label) => `„${label}“ endet`,
    expiringSays: 'Wechseln Sie es vorher: Ohne gültiges Token hält die Synchronisierung des Providers an.',
    endedSays:
      'Es wird abgelehnt, sodass nichts vom Provider ankommt. Fügen Sie dort ein gültiges Token ein, oder stellen Sie ein neues aus.',
    rotate: 'Wechseln',
    rotateOf: (label) => `„${label}“ wechseln`,
    rotateSays:
      'Ein neues Token wird ausgestellt; das alte gilt weiter, bis Sie gesehen haben, dass das neue benutzt wird, und das alte beenden.',
    issueNew: 'Neues Token ausstellen',
    stepIssued: (label) => `Neues Token „${label}“ ausgestellt`,
    stepWaiting: 'Fügen Sie es beim Provider ein und testen Sie die Verbindung; diese Seite bemerkt es.',
    stepProved: (client) => `Benutzt von ${client}`,
    stepRetire: (label) => `Das alte Token „${label}“ beenden`,
    waiting: 'Wartet',
    retireOld: 'Das alte Token beenden',
    later: 'Später abschließen',
    retire: 'Beenden',
    retireOf: (label) => `„${label}“ beenden`,
    retireSays: 'Ein Provider, der es noch benutzt, wird von da an abgelehnt.',
    retired: (label) => `„${label}“ beendet`,
    unproved:
      'Das neue Token wurde noch nicht benutzt. Hat der Provider noch das alte, hält seine Synchronisierung an.',
    when: 'Wann',
    now: 'Sofort',
  },
}
