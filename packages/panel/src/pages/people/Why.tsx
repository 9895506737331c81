import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useEffect, useId, useState } from 'react'
import { of } from '../../api/queries.ts'
import type { Explanation, Membership } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { parseCode } from '../../markdown/inline.ts'
import { Inlines } from '../../markdown/Markdown.tsx'
import { Button } from '../../parts/Button.tsx'
import { TextField } from '../../parts/Field.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Notice } from '../../parts/Notice.tsx'

interface Props {
  readonly workspace: string
  readonly person: string
  readonly group: string | undefined
  readonly groups: readonly Membership[]
  readonly onAsk: (group: string) => void
}

/** Asks of any group, also one that the person is not in or that is gone, why there is access or none. */
export function Why({ workspace, person, group, groups, onAsk }: Props) {
  const { t } = useLanguage()
  const list = useId()
  const nameOf = (id: string | undefined) => groups.find((one) => one.id === id)?.displayName ?? id ?? ''
  const shown = nameOf(group)
  const [text, setText] = useState(shown)
  useEffect(() => setText(shown), [shown])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onAsk(groups.find(({ displayName }) => displayName === text)?.id ?? text.trim())
  }
  return (
    <section className="card stack" aria-label={t.people.whyTitle}>
      <h2>{t.people.whyTitle}</h2>
      <form className="row why" onSubmit={submit}>
        <TextField
          label={t.people.whyGroup}
          list={list}
          required
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <datalist id={list}>
          {groups.map(({ id, displayName }) => (
            <option key={id} value={displayName} />
          ))}
        </datalist>
        <Button type="submit" look="primary">
          {t.people.explain}
        </Button>
      </form>
      {group !== undefined && <Answer workspace={workspace} person={person} group={group} />}
    </section>
  )
}

function Answer({ workspace, person, group }: { workspace: string; person: string; group: string }) {
  const query = useQuery(of(workspace).explain(person, group))
  return (
    <div role="status">
      <Loaded query={query}>{(data) => <Sentence workspace={workspace} explanation={data} />}</Loaded>
    </div>
  )
}

function Sentence({ workspace, explanation }: { workspace: string; explanation: Explanation }) {
  const { t, language } = useLanguage()
  const { sentence, effective, member, since, until, suspended, group } = explanation
  const requests = [since, suspended, until].map((turn) => turn?.request).filter((request) => request != null)
  return (
    <Notice tone={effective ? 'ok' : member ? 'warn' : 'idle'} title={effective ? t.people.has : t.people.hasNot}>
      <p>
        <Inlines parts={parseCode(sentence[language])} />
      </p>
      <p className="row small">
        {group !== null && (
          <Link to="/w/$workspace/groups/$group" params={{ workspace, group: group.id }} search={{ tab: 'history' }}>
            {t.groups.tabs.history}: {group.displayName}
          </Link>
        )}
        {[...new Set(requests)].map((request) => (
          <Link key={request} to="/w/$workspace/activity/$entry" params={{ workspace, entry: request }}>
            {t.overview.showRequest} <code>{request.slice(-6)}</code>
          </Link>
        ))}
      </p>
    </Notice>
  )
}
