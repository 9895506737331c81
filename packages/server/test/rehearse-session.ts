import type { Step } from '../src/rehearse/session.ts'

/** The smallest session, around these steps. */
export function tiny(steps: readonly unknown[]) {
  return {
    name: 'tiny',
    title: 'Tiny',
    provider: 'other',
    policy: { unknownUsers: 'refuse', unknownMembers: 'record' },
    people: [{ key: 'ana', userName: 'ana.lima@rehearsal.example', displayName: 'Ana Lima' }],
    steps,
  }
}

/** A step that reads users, unless said otherwise. */
export function step(other: Partial<Step>): Step {
  const request = { method: 'GET' as const, path: '/Users?count=0' }
  return {
    phase: { en: 'Only', de: 'Einzige' },
    says: { en: 'Somebody looks', de: 'Jemand sieht nach' },
    request,
    expect: { status: 200 },
    ...other,
  }
}
