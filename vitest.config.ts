import { defineConfig } from 'vitest/config'

/** Tests of what holds on every store; they are run on each. */
const ON_EVERY_STORE = [
  'packages/scim/test/{wire,wire-users,people,host,history,properties}/**/*.test.ts',
  'packages/scim/test/load/{between,concurrency,model,sparse,streams,thresholds}.test.ts',
  'packages/scim/test/store/query*.test.ts',
]

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source', 'node', 'import'] } },
  test: {
    globalSetup: ['packages/scim/test/postgres/globalSetup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'sqlite', include: ['packages/*/test/**/*.test.ts'] } },
      { extends: true, test: { name: 'postgres', include: ON_EVERY_STORE, env: { TEST_STORE: 'postgres' } } },
    ],
  },
})
