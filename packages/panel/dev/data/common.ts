import type { Words } from '../../src/api/types.ts'

const START = Date.now()

export const ago = (minutes: number) => new Date(START - minutes * 60_000).toISOString()

export const inDays = (days: number) => ago(-days * 1_440)

export const both = (en: string, de: string): Words => ({ en, de })

export const NAMES = [
  'Ana Lima',
  'Bea Roth',
  'Chi Okafor',
  'Dora Nagy',
  'Emil Krüger',
  'Fay Wong',
  'Gus Patel',
  'Hana Sato',
]
export const SCIM = 'https://scim.example.com/scim/v2'
