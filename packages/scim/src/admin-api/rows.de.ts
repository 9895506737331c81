import type { Facts } from '../base/problems.ts'
import type { RowFault } from '../provisioning/people/rowFaults.ts'

/** What is wrong with a row of people, in German. */
export const GERMAN_ROW_FAULTS: Readonly<Record<RowFault['code'], (facts: Facts) => string>> = {
  no_object: () => 'ist kein Objekt',
  name_missing: () => 'der userName fehlt',
  name_long: ({ limit }) => `der userName ist länger als ${limit} Zeichen`,
  name_taken: ({ name, owner }) => `der userName „${name}“ gehört ${owner}`,
  id_form: ({ id }) => `„${id}“ ist keine ID: Sie besteht aus „usr_“ und 1 bis 40 Buchstaben oder Ziffern`,
  id_former: ({ id, present }) => `„${id}“ ist eine frühere ID von ${present}`,
  display_name_kind: () => 'der Anzeigename ist kein Text',
  display_name_long: ({ limit }) => `der Anzeigename ist länger als ${limit} Zeichen`,
  emails_kind: () => 'die E-Mail-Adressen sind keine Liste',
  email_kind: () => 'eine E-Mail-Adresse fehlt oder ist kein Text',
  email_long: ({ limit }) => `eine E-Mail-Adresse ist länger als ${limit} Zeichen`,
  text_broken: () => 'ein Text enthält das Zeichen NUL oder ein halbes Zeichen',
  twice: ({ name, row }) => `„${name}“ steht zweimal da: Es ist dieselbe Person wie in Zeile ${row}`,
}
