import pg from 'pg'

const { builtins, getTypeParser } = pg.types

/**
 * How the driver reads columns: whole numbers as numbers, which all of ours are far below 2^53; documents as the text that
 * SQLite has too. Given with each statement, so that a pool of the host's stays as it is.
 */
export const TYPES = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary') {
      if (oid === builtins.INT8) return Number
      if (oid === builtins.JSON || oid === builtins.JSONB) return String
    }
    return getTypeParser(oid, format)
  },
} as pg.CustomTypesConfig
