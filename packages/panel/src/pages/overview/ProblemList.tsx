import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMay } from '../../api/may.ts'
import { of } from '../../api/queries.ts'
import type { ProblemExample, ProblemGroup } from '../../api/types.ts'
import { useWrite } from '../../api/write.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Failure } from '../../parts/Failure.tsx'
import { Loaded } from '../../parts/Loaded.tsx'
import { Section } from '../../parts/Page.tsx'
import { Ago } from '../../parts/Time.tsx'
import { FailureList } from './FailureList.tsx'

/** What is open: requests that failed and were not put right, and what only a person can put right; by cause. */
export function ProblemList({ workspace }: { readonly workspace: string }) {
  const { t } = useLanguage()
  const query = useQuery(of(workspace).problems())
  const failures = useQuery(of(workspace).failures())
  return (
    <Section title={t.overview.problems}>
      <Loaded query={failures}>
        {({ items, more }) => <FailureList workspace={workspace} failures={items} more={more} />}
      </Loaded>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            failures.data?.items.length === 0 && <Empty title={t.overview.noProblems} />
          ) : (
            <div className="stack">
              {items.map((problem) => (
                <Problem key={problem.cause} workspace={workspace} problem={problem} />
              ))}
            </div>
          )
        }
      </Loaded>
    </Section>
  )
}

function Problem({ workspace, problem }: { readonly workspace: string; readonly problem: ProblemGroup }) {
  const { t, format, language } = useLanguage()
  return (
    <article className="card problem">
      <h3>
        <span className="count">{format.number(problem.count)}</span> {problem.title[language]}
      </h3>
      <p>
        <strong>{t.failure.fix}</strong> {problem.fix[language]}
      </p>
      <details>
        <summary>{t.overview.examples(problem.examples.length)}</summary>
        <ul className="plain-list">
          {problem.examples.map((example) => (
            <Example key={example.id} workspace={workspace} problem={problem} example={example} />
          ))}
        </ul>
      </details>
    </article>
  )
}

interface ExampleProps {
  readonly workspace: string
  readonly problem: ProblemGroup
  readonly example: ProblemExample
}

function Example({ workspace, problem, example }: ExampleProps) {
  const { t } = useLanguage()
  const may = useMay()
  const dismiss = useWrite(() => ({ method: 'POST', path: of(workspace).at('problems', example.id, 'dismiss') }), {
    said: t.overview.dismissed,
  })
  return (
    <li>
      <div className="row">
        <Subject workspace={workspace} problem={problem} example={example} />
        {example.at !== null && (
          <span className="quiet">
            <Ago at={example.at} />
          </span>
        )}
        {problem.dismissible && may('groups:write') && (
          <Button look="quiet" busy={dismiss.isPending} onClick={() => dismiss.mutate()}>
            {t.overview.dismiss}
          </Button>
        )}
      </div>
      {dismiss.error && <Failure error={dismiss.error} />}
      {example.groups.length > 0 && (
        <p className="small">
          {t.overview.namedBy}{' '}
          {example.groups.slice(0, 5).map(({ id, displayName }) => (
            <Link
              key={id}
              className="listed"
              to="/w/$workspace/groups/$group"
              params={{ workspace, group: id }}
              search={{}}
            >
              {displayName}
            </Link>
          ))}
        </p>
      )}
      {example.accounts.length > 0 && (
        <p className="small">
          {t.overview.accounts}{' '}
          {example.accounts.map((id) => (
            <Link
              key={id}
              className="listed"
              to="/w/$workspace/people/$person"
              params={{ workspace, person: id }}
              search={{}}
            >
              {id}
            </Link>
          ))}
        </p>
      )}
    </li>
  )
}

function Subject({ workspace, problem, example: { id, name } }: ExampleProps) {
  if (problem.cause === 'token_expiring')
    return (
      <Link to="/w/$workspace/tokens" params={{ workspace }} search={{}}>
        {name ?? id}
      </Link>
    )
  return (
    <Link to="/w/$workspace/people/$person" params={{ workspace, person: id }} search={{}}>
      {name ?? <code>{id}</code>}
    </Link>
  )
}
