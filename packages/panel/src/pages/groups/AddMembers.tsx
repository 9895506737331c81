import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { of } from '../../api/queries.ts'
import type { Group, Person } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { DialogForm } from '../../parts/DialogForm.tsx'
import { CheckField } from '../../parts/Field.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { Search } from '../../parts/Search.tsx'

/** People to choose from at once; a search finds the others. */
const SHOWN = 20

interface Props {
  readonly workspace: string
  readonly group: Group
  readonly onClose: () => void
}

/** People who are found and ticked; whoever is ticked stays so while others are looked for. */
export function AddMembers({ workspace, group, onClose }: Props) {
  const { t } = useLanguage()
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<readonly Person[]>([])
  const found = useQuery(of(workspace).people({ search, limit: SHOWN }))
  const add = useWrite(
    () => ({
      method: 'POST',
      path: of(workspace).at('groups', group.id, 'members'),
      body: { add: chosen.map(({ id }) => id) },
    }),
    { said: t.groups.changedMembers(group.displayName), onDone: onClose },
  )
  const toggle = (person: Person, on: boolean) =>
    setChosen((now) => (on ? [...now, person] : now.filter(({ id }) => id !== person.id)))
  const choices = (people: readonly Person[], title: string) =>
    people.length > 0 && (
      <fieldset className="choices">
        <legend>{title}</legend>
        {people.map((person) => (
          <CheckField
            key={person.id}
            label={person.displayName || person.userName}
            hint={person.displayName ? person.userName : undefined}
            checked={chosen.some(({ id }) => id === person.id)}
            onChange={(event) => toggle(person, event.target.checked)}
          />
        ))}
      </fieldset>
    )
  return (
    <Modal open onClose={onClose} title={t.groups.fillOf(group.displayName)} says={t.groups.fillSays} wide>
      <Search label={t.groups.findPeople} value={search} onSearch={setSearch} />
      <DialogForm act={t.groups.fillThem(chosen.length)} write={add} disabled={chosen.length === 0} onClose={onClose}>
        {choices(chosen, t.groups.chosen(chosen.length))}
        <Loaded query={found}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="quiet" role="status">
                {t.nothingFound}
              </p>
            ) : (
              choices(
                items.filter(({ id }) => !chosen.some((one) => one.id === id)),
                t.groups.found,
              )
            )
          }
        </Loaded>
      </DialogForm>
    </Modal>
  )
}
