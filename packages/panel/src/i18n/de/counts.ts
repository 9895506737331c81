import { formatIn } from '../format.ts'
import { manyIn } from '../many.ts'

export const { number } = formatIn('de')
export const many = manyIn('de')
export const countedPeople = (count: number) => many(count, 'Person', 'Personen')
export const countedMembers = (count: number) => many(count, 'Mitglied', 'Mitglieder')
export const be = (count: number, verb: string) => `${countedPeople(count)} ${count === 1 ? 'würde' : 'würden'} ${verb}`
