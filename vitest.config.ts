import { configDefaults, defineConfig } from 'vitest/config'

/** Tests of what holds on every store; they are run on each. */
const ON_EVERY_STORE = [
  'packages/scim/test/{admin,admin-api,wire,wire-users,people,host,history,health,guard}/**/*.test.ts',
  'packages/scim/test/load/{between,concurrency,model,sparse,streams,thresholds}.test.ts',
  'packages/scim/test/store/query*.test.ts',
  'packages/server/test/sessions.test.ts',
]

/** Tests of what only PostgreSQL is asked: several processes, and a server that goes away. */
const ON_POSTGRES = ['packages/scim/test/{load,store}/postgres-*.test.ts']

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source', 'node', 'import'] } },
  test: {
    globalSetup: ['packages/scim/test/postgres/globalSetup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // What hangs ends; what works may take its time, however busy the machine is.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'sqlite',
          include: ['packages/*/test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...ON_POSTGRES],
        },
      },
      {
        extends: true,
        test: { name: 'postgres', include: [...ON_EVERY_STORE, ...ON_POSTGRES], env: { TEST_STORE: 'postgres' } },
      },
    ],
  },
})
