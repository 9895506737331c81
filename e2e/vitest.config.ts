import { defineConfig } from 'vitest/config'

/**
 * Browser tests, over the built service; one after the other, since each goes on where the one before has stopped, and a file
 * after the other, since a browser and a service want the machine for themselves.
 */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 240_000 } },
  },
})
