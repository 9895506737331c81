import { describe, expect, it } from 'vitest'
import { GERMAN } from '../../src/provisioning/history/sentences.de.ts'
import { ENGLISH } from '../../src/provisioning/history/sentences.en.ts'

function facts(template: string): string[] {
  return [...new Set(template.match(/\{\w+\}/g) ?? [])].sort()
}

describe('sentences', () => {
  it('have the same keys in every language', () => {
    expect(Object.keys(GERMAN)).toEqual(Object.keys(ENGLISH))
  })

  it.each(Object.keys(ENGLISH) as (keyof typeof ENGLISH)[])('tell the same facts: %s', (key) => {
    expect(facts(GERMAN[key])).toEqual(facts(ENGLISH[key]))
  })
})
