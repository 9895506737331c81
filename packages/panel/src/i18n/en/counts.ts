import { formatIn } from '../format.ts'
import { manyIn } from '../many.ts'

export const { number } = formatIn('en')
export const many = manyIn('en')
export const countedPeople = (count: number) => many(count, 'person', 'people')
export const countedMembers = (count: number) => many(count, 'member', 'members')
