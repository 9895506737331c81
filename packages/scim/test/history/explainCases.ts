import type { ExplanationStatus } from '../../src/provisioning/history/explain.ts'
import type { Client } from '../people/support.ts'

interface Case {
  readonly status: ExplanationStatus
  readonly name: string
  readonly act: (client: Client) => Promise<unknown>
  readonly person?: string
  readonly group?: string
  readonly en: string
  readonly de: string
}

export const ANA = { id: 'usr_ana', userName: 'ana', displayName: 'Ana Roe' }
const SINCE = '2026-01-31 12:00 UTC'
const SEIT = '31.01.2026, 12:00 UTC'
const LATER = '2026-01-31 13:00 UTC'
const SPAETER = '31.01.2026, 13:00 UTC'
const HOUR = 3_600_000

/** Requests are told apart by nothing but their order. */
export function bare(sentence: string): string {
  return sentence.replaceAll(/act_\w+/g, 'act_…').replaceAll(/grp_\w+/g, 'grp_…')
}

export async function later(client: Client): Promise<void> {
  client.clock.now += HOUR
}

export async function crewOfAna(client: Client): Promise<string> {
  await client.upsert(ANA)
  return client.group('Crew', 'usr_ana')
}

export const CASES: readonly Case[] = [
  {
    status: 'effective',
    name: 'added by the second operation of a PATCH',
    act: async (client) => {
      await client.upsert(ANA)
      const crew = await client.group('Crew')
      await client.patch(`/Groups/${crew}`, [
        { op: 'replace', path: 'externalId', value: 'x' },
        { op: 'add', path: 'members', value: [{ value: 'usr_ana' }] },
      ])
    },
    en: `Ana Roe is a member of "Crew" since ${SINCE}, added by token "Entra", operation 2 of request act_….`,
    de: `Ana Roe ist Mitglied von „Crew“ seit ${SEIT}, hinzugefügt durch Token „Entra“, Operation 2 der Anfrage act_….`,
  },
  {
    status: 'effective',
    name: 'created with the group',
    act: crewOfAna,
    en: `Ana Roe is a member of "Crew" since ${SINCE}, added by token "Entra", request act_….`,
    de: `Ana Roe ist Mitglied von „Crew“ seit ${SEIT}, hinzugefügt durch Token „Entra“, Anfrage act_….`,
  },
  {
    status: 'effective',
    name: 'added again after a removal',
    act: async (client) => {
      const crew = await crewOfAna(client)
      await client.removeMembers(crew, 'usr_ana')
      await later(client)
      await client.addMembers(crew, 'usr_ana')
    },
    en: `Ana Roe is a member of "Crew" since ${LATER}, added by token "Entra", operation 1 of request act_….`,
    de: `Ana Roe ist Mitglied von „Crew“ seit ${SPAETER}, hinzugefügt durch Token „Entra“, Operation 1 der Anfrage act_….`,
  },
  {
    status: 'effective',
    name: 'added by an admin to a group of their own',
    act: async (client) => {
      await client.upsert(ANA)
      await client.scim.groups.create('acme', { displayName: 'Crew', members: ['usr_ana'] }, { admin: 'Jo' })
    },
    en: `Ana Roe is a member of "Crew" since ${SINCE}, added by admin "Jo".`,
    de: `Ana Roe ist Mitglied von „Crew“ seit ${SEIT}, hinzugefügt durch Admin „Jo“.`,
  },
  {
    status: 'effective_resolved',
    name: 'recorded before the account was there',
    act: async (client) => {
      await client.group('Crew', 'usr_ana')
      await later(client)
      await client.upsert(ANA)
    },
    en: `Ana Roe is a member of "Crew" since ${SINCE}, added by token "Entra", request act_…; effective since ${LATER}, when an account came to stand behind it.`,
    de: `Ana Roe ist Mitglied von „Crew“ seit ${SEIT}, hinzugefügt durch Token „Entra“, Anfrage act_…; wirksam seit ${SPAETER}, als ein Konto dazukam.`,
  },
  {
    status: 'suspended',
    name: 'active: false',
    act: async (client) => {
      await crewOfAna(client)
      await later(client)
      await client.put('/Users/usr_ana', { active: false })
    },
    en: `Ana Roe is a member of "Crew" since ${SINCE}, but not effective: suspended by \`active: false\` in request act_… (token "Entra", ${LATER}).`,
    de: `Ana Roe ist Mitglied von „Crew“ seit ${SEIT}, aber nicht wirksam: gesperrt durch \`active: false\` in Anfrage act_… (Token „Entra“, ${SPAETER}).`,
  },
  {
    status: 'effective',
    name: 'resumed',
    act: async (client) => {
      await crewOfAna(client)
      await client.put('/Users/usr_ana', { active: false })
      await client.put('/Users/usr_ana', { active: true })
    },
    en: `Ana Roe is a member of "Crew" since ${SINCE}, added by token "Entra", request act_….`,
    de: `Ana Roe ist Mitglied von „Crew“ seit ${SEIT}, hinzugefügt durch Token „Entra“, Anfrage act_….`,
  },
  {
    status: 'suspended_by_claim',
    name: 'became one with a pending person who was suspended',
    act: async (client) => {
      await crewOfAna(client)
      await client.pending('ana@x.example', { active: false })
      await later(client)
      await client.upsert({ ...ANA, emails: [{ value: 'ana@x.example', verified: true }] })
    },
    en: `Ana Roe is a member of "Crew" since ${SINCE}, but not effective: suspended since ${LATER}, when two people became one (the host application).`,
    de: `Ana Roe ist Mitglied von „Crew“ seit ${SEIT}, aber nicht wirksam: gesperrt seit ${SPAETER}, als zwei Personen eine wurden (die Host-Anwendung (host application)).`,
  },
  {
    status: 'pending',
    name: 'without an account',
    act: async (client) => client.group('Crew', await client.pending('pat', { displayName: 'Pat' })),
    person: 'PAT',
    en: `Pat is a member of "Crew" since ${SINCE}, added by token "Entra", request act_…, but not effective: pending until the host application adds the account.`,
    de: `Pat ist Mitglied von „Crew“ seit ${SEIT}, hinzugefügt durch Token „Entra“, Anfrage act_…, aber nicht wirksam: vorgemerkt, bis die Host-Anwendung das Konto anlegt.`,
  },
  {
    status: 'unresolved',
    name: 'an unknown id',
    act: (client) => client.group('Crew', 'usr_late'),
    person: 'usr_late',
    en: `usr_late is named as a member of "Crew" since ${SINCE}, added by token "Entra", request act_…, but not effective: nobody stands behind this id.`,
    de: `usr_late ist als Mitglied von „Crew“ genannt seit ${SEIT}, hinzugefügt durch Token „Entra“, Anfrage act_…, aber nicht wirksam: Hinter dieser ID steht niemand.`,
  },
  {
    status: 'account_removed',
    name: 'removed by the host',
    act: async (client) => {
      await crewOfAna(client)
      await later(client)
      await client.remove('usr_ana')
    },
    person: 'usr_ana',
    en: `usr_ana is named as a member of "Crew" since ${SINCE}, but not effective: the account was removed at ${LATER} by the host application.`,
    de: `usr_ana ist als Mitglied von „Crew“ genannt seit ${SEIT}, aber nicht wirksam: Das Konto wurde am ${SPAETER} entfernt, durch die Host-Anwendung (host application).`,
  },
  {
    status: 'unrecorded',
    name: 'whose history is lost',
    act: async (client) => {
      await crewOfAna(client)
      await client.scim.store.write(async (writer) => writer.run({ text: 'delete from {change_people}' }, {}))
    },
    en: 'Ana Roe is a member of "Crew"; how that came about is not recorded.',
    de: 'Ana Roe ist Mitglied von „Crew“; wie es dazu kam, ist nicht aufgezeichnet.',
  },
  {
    status: 'removed',
    name: 'removed by a PATCH',
    act: async (client) => {
      const crew = await crewOfAna(client)
      await later(client)
      await client.removeMembers(crew, 'usr_ana')
    },
    en: `Ana Roe was removed from "Crew" at ${LATER} by token "Entra", operation 1 of request act_…; a member since ${SINCE}.`,
    de: `Ana Roe wurde am ${SPAETER} aus „Crew“ entfernt, durch Token „Entra“, Operation 1 der Anfrage act_…; Mitglied war Ana Roe seit ${SEIT}.`,
  },
  {
    status: 'removed',
    name: 'left out of a PUT',
    act: async (client) => {
      const crew = await crewOfAna(client)
      await later(client)
      await client.put(`/Groups/${crew}`, { displayName: 'Crew', members: [] })
    },
    en: `Ana Roe was removed from "Crew" at ${LATER} by token "Entra", request act_…; a member since ${SINCE}.`,
    de: `Ana Roe wurde am ${SPAETER} aus „Crew“ entfernt, durch Token „Entra“, Anfrage act_…; Mitglied war Ana Roe seit ${SEIT}.`,
  },
  {
    status: 'removed_by_restore',
    name: 'removed by restoring an earlier membership',
    act: async (client) => {
      await client.upsert(ANA)
      const crew = await client.group('Crew')
      const before = client.clock.now
      await later(client)
      await client.addMembers(crew, 'usr_ana')
      const { key } = await client.scim.history.previewRestore('acme', crew, before)
      await client.scim.history.restore('acme', crew, before, { confirm: key, admin: 'Jo' })
    },
    en: `Ana Roe was removed from "Crew" at ${LATER} by admin "Jo", who restored the members of ${SINCE}; a member since ${LATER}.`,
    de: `Ana Roe wurde am ${SPAETER} aus „Crew“ entfernt, durch Admin „Jo“, beim Wiederherstellen der Mitglieder vom ${SEIT}; Mitglied war Ana Roe seit ${SPAETER}.`,
  },
  {
    status: 'group_deleted',
    name: 'with the group',
    act: async (client) => {
      const crew = await crewOfAna(client)
      await later(client)
      await client.delete(`/Groups/${crew}`)
    },
    en: `Ana Roe was a member of "Crew" (deleted at ${LATER}) from ${SINCE} until the group was deleted at ${LATER} by token "Entra", request act_….`,
    de: `Ana Roe war Mitglied von „Crew“ (gelöscht am ${SPAETER}) vom ${SEIT} bis zum ${SPAETER}, als die Gruppe gelöscht wurde, durch Token „Entra“, Anfrage act_….`,
  },
  {
    status: 'person_deleted',
    name: 'with the person, at the provider',
    act: async (client) => {
      await crewOfAna(client)
      await later(client)
      await client.delete('/Users/usr_ana')
    },
    en: `Ana Roe was a member of "Crew" from ${SINCE} until the person was removed at ${LATER} by token "Entra", request act_….`,
    de: `Ana Roe war Mitglied von „Crew“ vom ${SEIT} bis zum ${SPAETER}, als die Person entfernt wurde, durch Token „Entra“, Anfrage act_….`,
  },
  {
    status: 'person_erased',
    name: 'erased by an admin',
    act: async (client) => {
      await crewOfAna(client)
      await later(client)
      await client.scim.history.erase('acme', 'ana', { by: 'Jo' })
    },
    person: 'usr_ana',
    en: `usr_ana was a member of "Crew" from ${SINCE} until the person was erased at ${LATER} by admin "Jo".`,
    de: `usr_ana war Mitglied von „Crew“ vom ${SEIT} bis zum ${SPAETER}, als die Daten der Person gelöscht wurden, durch Admin „Jo“.`,
  },
  {
    status: 'former_deleted',
    name: 'in a group that was created again by name',
    act: async (client) => {
      const crew = await crewOfAna(client)
      await later(client)
      await client.delete(`/Groups/${crew}`)
      await client.group('CREW')
    },
    en: `Ana Roe was never a member of "CREW", but of "Crew" (grp_…), an earlier group of the same name: from ${SINCE} until that group was deleted at ${LATER} by token "Entra", request act_….`,
    de: `Ana Roe war nie Mitglied von „CREW“, aber von „Crew“ (grp_…), einer früheren Gruppe desselben Namens: vom ${SEIT} bis zum ${SPAETER}, als jene Gruppe gelöscht wurde, durch Token „Entra“, Anfrage act_….`,
  },
  {
    status: 'former_removed',
    name: 'in a group that was created again by externalId',
    act: async (client) => {
      await client.upsert(ANA)
      const { body } = await client.post('/Groups', {
        displayName: 'Old',
        externalId: 'e1',
        members: [{ value: 'usr_ana' }],
      })
      await later(client)
      await client.removeMembers(body.id, 'usr_ana')
      await client.delete(`/Groups/${body.id}`)
      await client.post('/Groups', { displayName: 'Crew', externalId: 'e1' })
    },
    en: `Ana Roe was never a member of "Crew", but of "Old" (grp_…), an earlier group of the same externalId: from ${SINCE} until removed at ${LATER} by token "Entra", operation 1 of request act_….`,
    de: `Ana Roe war nie Mitglied von „Crew“, aber von „Old“ (grp_…), einer früheren Gruppe derselben externalId: vom ${SEIT} bis zum Entfernen am ${SPAETER}, durch Token „Entra“, Operation 1 der Anfrage act_….`,
  },
  {
    status: 'never',
    name: 'in no group',
    act: async (client) => {
      await client.upsert(ANA)
      await client.group('Crew')
    },
    en: 'Ana Roe was never a member of "Crew".',
    de: 'Ana Roe war nie Mitglied von „Crew“.',
  },
  {
    status: 'never_unknown',
    name: 'while the provider named somebody unknown',
    act: async (client) => {
      await client.upsert(ANA)
      await client.group('Crew', 'usr_typo')
    },
    en: `Ana Roe was never a member of "Crew"; an unknown id, usr_typo, was named in request act_… at ${SINCE}.`,
    de: `Ana Roe war nie Mitglied von „Crew“; eine unbekannte ID, usr_typo, wurde am ${SEIT} in Anfrage act_… genannt.`,
  },
  {
    status: 'never_unknown_local',
    name: 'while the host named somebody unknown',
    act: async (client) => {
      await client.upsert(ANA)
      await client.scim.groups.create('acme', { displayName: 'Crew', members: ['usr_typo'] })
    },
    en: `Ana Roe was never a member of "Crew"; an unknown id, usr_typo, was named at ${SINCE}.`,
    de: `Ana Roe war nie Mitglied von „Crew“; eine unbekannte ID, usr_typo, wurde am ${SEIT} genannt.`,
  },
  {
    status: 'person_unknown',
    name: 'nobody',
    act: (client) => client.group('Crew'),
    person: 'nobody',
    en: 'Nobody is known by "nobody", and no request has named it.',
    de: 'Unter „nobody“ ist niemand bekannt, und keine Anfrage hat es genannt.',
  },
  {
    status: 'group_unknown',
    name: 'no group',
    act: (client) => client.upsert(ANA),
    en: 'There is no group "Crew", and there was none.',
    de: 'Eine Gruppe „Crew“ gibt es nicht und gab es nicht.',
  },
]
