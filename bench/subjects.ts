/** What is measured, side by side. */
export interface Subject {
  readonly id: string
  readonly title: string
  readonly kind: 'ours' | 'floor' | 'peer'
  readonly store: 'SQLite' | 'PostgreSQL' | 'memory'
  /** Below bench/; it takes a database as its argument: a file, or a URL. */
  readonly script: string
  /** Of a peer: the packages whose versions say what was measured. */
  readonly packages?: readonly string[]
}

const ours = { kind: 'ours', script: 'servers/ours.ts' } as const
const floor = { kind: 'floor', script: 'servers/floor.ts' } as const
const betterAuth = {
  kind: 'peer',
  script: 'peers/better-auth.ts',
  packages: ['better-auth', '@better-auth/scim'],
} as const

export const SUBJECTS: readonly Subject[] = [
  { id: 'ours-sqlite', title: 'ours, SQLite', store: 'SQLite', ...ours },
  { id: 'ours-postgres', title: 'ours, PostgreSQL', store: 'PostgreSQL', ...ours },
  { id: 'floor-sqlite', title: 'floor, SQLite', store: 'SQLite', ...floor },
  { id: 'floor-postgres', title: 'floor, PostgreSQL', store: 'PostgreSQL', ...floor },
  { id: 'better-auth-sqlite', title: 'better-auth, SQLite', store: 'SQLite', ...betterAuth },
  { id: 'better-auth-postgres', title: 'better-auth, PostgreSQL', store: 'PostgreSQL', ...betterAuth },
  {
    id: 'jackson',
    title: 'Polis/Jackson, PostgreSQL',
    kind: 'peer',
    store: 'PostgreSQL',
    script: 'peers/jackson.ts',
    packages: ['@boxyhq/saml-jackson'],
  },
  {
    id: 'scimmy',
    title: 'scimmy, in memory',
    kind: 'peer',
    store: 'memory',
    script: 'peers/scimmy.ts',
    packages: ['scimmy', 'scimmy-routers'],
  },
]

export function subject(id: string): Subject {
  const found = SUBJECTS.find((one) => one.id === id)
  if (!found) throw new Error(`there is no ${id}`)
  return found
}
