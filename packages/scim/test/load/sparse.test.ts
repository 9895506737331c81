import { expect, test } from 'vitest'
import { groupOfSize, prepareStore } from './fixture.ts'
import { personId, startService } from './service.ts'

/* Large answers in which a whole piece of the members has nothing to show. */

test('members of whom nothing is to be shown leave an empty list, however many', async () => {
  await using service = await startService()
  const strangers = Array.from({ length: 2_500 }, (_, number) => `usr_s${number}`)
  const { id } = await service.client.createGroup('Strangers', strangers)
  const reply = await service.client.send('GET', `/Groups/${id}?attributes=members.display`)
  expect(reply.json().members).toEqual([])
})

test('a piece in which nobody has a name is followed by one in which all have', async () => {
  await using service = await startService({ prepare: prepareStore })
  const { client, store } = service
  await store.write((writer) =>
    writer.run(
      {
        text: `update {people} set state = 0, shown_name = null, name = null, search = null
          where id <= '${personId(1_999)}' or id between '${personId(4_000)}' and '${personId(4_999)}'`,
      },
      {},
    ),
  )
  const reply = await client.send('GET', `/Groups/${groupOfSize(10_001)}?attributes=members.display`)
  expect(reply.json().members).toHaveLength(10_001 - 3_000)
  const list = await client.send('GET', '/Groups?sortBy=id&attributes=members.display&count=3')
  expect(list.json().Resources.map(({ members }) => members.length)).toEqual([0, 0, 10_001 - 3_000])
})
