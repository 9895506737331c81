import { many } from '../many.ts'

export const countedPeople = (count: number) => many(count, 'person', 'people')
export const countedMembers = (count: number) => many(count, 'member', 'members')
