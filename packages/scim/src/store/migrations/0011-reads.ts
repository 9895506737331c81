import type { Migration } from './migration.ts'

/** Entries of reads have 1 there. What an older program writes beside is a write, or was refused, and has null. */
export const reads: Migration = {
  version: 11,
  readableFrom: 10,
  name: 'the mark of reads in the audit trail',
  sqlite: 'alter table {audit} add column reads integer',
  postgres: 'alter table {audit} add column reads int',
}
