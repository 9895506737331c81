import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPeople } from '../src/people/file.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'optimaite-scim-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

function read(content: string | Buffer) {
  const path = join(folder, 'people')
  writeFileSync(path, content)
  return readPeople(path)
}

const ANA = {
  userName: 'ana@a.example',
  displayName: 'Ana Lima',
  emails: [{ value: 'ana@a.example', verified: true, primary: true }],
}

describe('people are read', () => {
  test.each([
    ['a plain CSV', 'email,name\nana@a.example,Ana Lima\n'],
    ['one from a spreadsheet on Windows', '\uFEFFemail,name\r\nana@a.example,Ana Lima\r\n'],
    ['columns in another order and case', 'Name,EMAIL\nAna Lima,ana@a.example'],
    ['quotes, blanks and empty lines', '"email" , "name"\n\n ana@a.example ,"Ana Lima"\n\n'.replaceAll(' , ', ',')],
    ['further columns', 'team,email,name\nred,ana@a.example,Ana Lima'],
    ['JSON', '\n [{"email":"ana@a.example","name":"Ana Lima"}]'],
  ])('from %s', async (_, content) => {
    expect(await read(content)).toMatchObject({ people: [ANA], problems: [] })
  })

  test('with an id of the host', async () => {
    const { people } = await read('id,email,name\nusr_7,ana@a.example,Ana Lima\n,mei@a.example,Mei\n')
    expect(people.map(({ id }) => id)).toEqual(['usr_7', undefined])
  })

  test('with commas, quotes and line breaks in a name', async () => {
    const { people } = await read('email,name\na@a.example,"Lima, Ana ""Nana"""\nb@a.example,"Two\nlines"\n')
    expect(people.map(({ displayName }) => displayName)).toEqual(['Lima, Ana "Nana"', 'Two\nlines'])
  })

  test('and columns that are passed over are named', async () => {
    expect((await read('Team,email,name\nred,a@a.example,A')).ignored).toEqual(['Team'])
  })
})

describe('each bad row is named by its place in the file', () => {
  test('in CSV, by the line that it begins in', async () => {
    const { problems, people } = await read(
      [
        'email,name,id',
        'a@a.example,"Two',
        'lines",',
        '',
        'nonsense,B,',
        'c@a.example,,',
        ',D,',
        'e@a.example,E,4711',
        'A@A.example,Again,',
        'f@a.example',
        'g@a.example,G,usr_1',
        'h@a.example,H,usr_1',
      ].join('\r\n'),
    )
    expect(problems).toEqual([
      'line 5: "nonsense" is no e-mail address',
      'line 6: the name is missing',
      'line 7: the email is missing',
      'line 8: "4711" is no id: it must be "usr_" and 1 to 40 letters or digits',
      'line 9: the same email stands in line 2',
      'line 10: the name is missing',
      'line 12: the same id stands in line 11',
    ])
    expect(people.map(({ userName }) => userName)).toEqual(['a@a.example', 'g@a.example'])
  })

  test('in JSON, by its number', async () => {
    const { problems } = await read('[{"email":"a@a.example","name":"A"},null,{"email":{},"name":"C"},"d"]')
    expect(problems).toEqual([
      'item 2: the email is missing',
      'item 3: the email is missing',
      'item 4: the email is missing',
    ])
  })
})

describe('a file is refused in words', () => {
  test.each([
    ['without the columns', 'mail,name\na@a.example,A', /names no column "email"\. Is it the one called "mail"\?/],
    ['that is empty', '', /The file is empty/],
    ['with a quote that never ends', 'email,name\na@a.example,"A\n', /The file is no CSV/],
    ['that is half of a JSON', '[{"email":', /The file is no JSON/],
    ['that is a JSON object', '{"email":"a@a.example"}', /holds no JSON array/],
    ['in another encoding', Buffer.from('email,name\na@a.example,Zo\xeb', 'latin1'), /not in UTF-8/],
  ])('%s', async (_, content, message) => {
    await expect(read(content)).rejects.toThrow(message)
  })

  test('that is not there', async () => {
    await expect(readPeople(join(folder, 'absent.csv'))).rejects.toThrow(/there is no such file/)
  })
})
