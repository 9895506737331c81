import type { Filter } from '../../protocol/filter/ast.ts'
import type { GroupOperation } from '../../protocol/patch/operation.ts'

/** Person ids, each with the index of the operation that named it last. */
export type Named = ReadonlyMap<string, number | null>

/**
 * The member operations of one request, put together: a later operation on the same person wins, so that "add, then
 * remove" of a stranger is no change at all. Only a removal by filter has to see what is stored, and so stands alone.
 */
export type Step =
  | { readonly kind: 'replace'; readonly wanted: Named; readonly removed?: Named; readonly index?: number }
  | { readonly kind: 'delta'; readonly added: Named; readonly removed: Named }
  | { readonly kind: 'removeMatching'; readonly filter: Filter; readonly index: number }

interface OpenReplace {
  kind: 'replace'
  wanted: Map<string, number | null>
  /** Ids that operations behind it take out again. */
  removed: Map<string, number | null>
  index: number
}
interface OpenDelta {
  kind: 'delta'
  added: Map<string, number | null>
  removed: Map<string, number | null>
}

export function combine(operations: readonly GroupOperation[]): Step[] {
  const steps: Step[] = []
  let open: OpenReplace | OpenDelta | undefined
  for (const operation of operations) {
    switch (operation.kind) {
      case 'replaceMembers':
        // It makes whatever came before it in this request void.
        steps.length = 0
        open = {
          kind: 'replace',
          wanted: named(operation.ids, operation.index),
          removed: new Map(),
          index: operation.index,
        }
        steps.push(open)
        break
      case 'addMembers':
      case 'removeMembers':
        if (!open) {
          open = { kind: 'delta', added: new Map(), removed: new Map() }
          steps.push(open)
        }
        for (const id of operation.ids) apply(open, operation.kind === 'addMembers', id, operation.index)
        break
      case 'removeMatchingMembers':
        steps.push({ kind: 'removeMatching', filter: operation.filter, index: operation.index })
        open = undefined
        break
      default:
    }
  }
  return steps
}

/** How many people the steps name. */
export function sizeOf(steps: readonly Step[]): number {
  let size = 0
  for (const step of steps) {
    if (step.kind === 'replace') size += step.wanted.size
    if (step.kind === 'delta') size += step.added.size + step.removed.size
  }
  return size
}

/** The people whom the first step names, where it adds or removes. */
export function namesIn([first]: readonly Step[]): string[] {
  return first?.kind === 'delta' ? [...first.added.keys(), ...first.removed.keys()] : []
}

export function named(ids: readonly string[], index: number | null): Map<string, number | null> {
  const map = new Map<string, number | null>()
  for (const id of ids) map.set(id, index)
  return map
}

function apply(open: OpenReplace | OpenDelta, adds: boolean, id: string, index: number): void {
  const coming = open.kind === 'replace' ? open.wanted : open.added
  const [into, from] = adds ? [coming, open.removed] : [open.removed, coming]
  from.delete(id)
  into.set(id, index)
}
