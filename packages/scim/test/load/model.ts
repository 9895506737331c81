import fc from 'fast-check'
import type { Operation } from './client.ts'

/** How properties run: the same on every machine unless a seed is given. */
export const SEED = Number(process.env.FC_SEED ?? 42)

/** A group as a naive service would keep it: the whole of it, rewritten by each operation. */
export interface ModelGroup {
  displayName: string
  members: string[]
  version: number
}

export type Member =
  | { readonly kind: 'add' | 'remove' | 'replace'; readonly people: readonly string[] }
  | { readonly kind: 'removeAll' }
  /** By a filter that is more than a list of ids, so that the store has to say whom it picks. */
  | { readonly kind: 'removeMatching'; readonly people: readonly string[] }
  | { readonly kind: 'rename'; readonly displayName: string }

export type Command =
  | { readonly kind: 'patch'; readonly group: number; readonly operations: readonly Member[] }
  | {
      readonly kind: 'put'
      readonly group: number
      readonly displayName: string
      readonly people: readonly string[] | undefined
    }
  | { readonly kind: 'delete'; readonly group: number }
  | { readonly kind: 'post'; readonly displayName: string; readonly people: readonly string[] }

/** Two are known to the workspace, one is not until a group names it. */
const PEOPLE = ['usr_p000000', 'usr_p000001', 'usr_p000002', 'usr_p000003', 'usr_stranger1', 'usr_stranger2']
const person = fc.constantFrom(...PEOPLE)
const people = fc.array(person, { maxLength: 4 })
const displayName = fc.constantFrom('Red', 'red', 'Green', 'Blue')
const group = fc.nat(3)

const memberOperation: fc.Arbitrary<Member> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('add' as const, 'remove' as const),
      people: fc.array(person, { minLength: 1, maxLength: 3 }),
    }),
  },
  fc.record({ kind: fc.constant('replace' as const), people }),
  fc.record({ kind: fc.constant('removeAll' as const) }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('removeMatching' as const),
      people: fc.array(person, { minLength: 1, maxLength: 3 }),
    }),
  },
)
const rename = fc.record({ kind: fc.constant('rename' as const), displayName })

export const memberOperations = fc.array(memberOperation, { minLength: 1, maxLength: 6 })
const operations = fc.array(fc.oneof({ weight: 6, arbitrary: memberOperation }, rename), { minLength: 1, maxLength: 6 })

export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('patch' as const), group, operations }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('put' as const),
      group,
      displayName,
      people: fc.option(people, { nil: undefined }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('post' as const), displayName, people }) },
  fc.record({ kind: fc.constant('delete' as const), group }),
)

export function wireOperation(operation: Member): Operation {
  switch (operation.kind) {
    case 'rename':
      return { op: 'replace', path: 'displayName', value: operation.displayName }
    case 'removeAll':
      return { op: 'remove', path: 'members' }
    case 'removeMatching':
      return {
        op: 'remove',
        path: `members[(${operation.people.map((id) => `value eq "${id}"`).join(' or ')}) and value pr]`,
      }
    default:
      return { op: operation.kind, path: 'members', value: operation.people.map((value) => ({ value })) }
  }
}

/** One operation after the other on a whole group. */
export function applyAll(before: ModelGroup, list: readonly Member[]): Omit<ModelGroup, 'version'> {
  let { displayName: name } = before
  let members = new Set(before.members)
  for (const operation of list) {
    switch (operation.kind) {
      case 'add':
        for (const id of operation.people) members.add(id)
        break
      case 'remove':
      case 'removeMatching':
        for (const id of operation.people) members.delete(id)
        break
      case 'replace':
        members = new Set(operation.people)
        break
      case 'removeAll':
        members = new Set()
        break
      case 'rename':
        name = operation.displayName
    }
  }
  return { displayName: name, members: [...members].sort() }
}

/** The status, and what the groups are afterwards, of a naive service. */
export class Model {
  readonly groups: (ModelGroup | undefined)[] = []

  post(displayName: string, members: readonly string[]): number {
    if (this.#isTaken(displayName, -1)) return 409
    this.groups.push({ displayName, members: [...new Set(members)].sort(), version: 1 })
    return 201
  }

  patch(index: number, list: readonly Member[]): number {
    const before = this.groups[index]
    return before ? this.#write(index, before, applyAll(before, list), 204) : 404
  }

  put(index: number, displayName: string, members: readonly string[] | undefined): number {
    const before = this.groups[index]
    if (!before) return 404
    const after = { displayName, members: members ? [...new Set(members)].sort() : before.members }
    return this.#write(index, before, after, 200)
  }

  delete(index: number): number {
    if (!this.groups[index]) return 404
    this.groups[index] = undefined
    return 204
  }

  #write(index: number, before: ModelGroup, after: Omit<ModelGroup, 'version'>, status: number): number {
    if (this.#isTaken(after.displayName, index)) return 409
    const { version, ...rest } = before
    const isSame = JSON.stringify(rest) === JSON.stringify(after)
    this.groups[index] = { ...after, version: isSame ? version : version + 1 }
    return status
  }

  #isTaken(displayName: string, but: number): boolean {
    const name = displayName.toLowerCase()
    return this.groups.some((group, index) => index !== but && group?.displayName.toLowerCase() === name)
  }
}
