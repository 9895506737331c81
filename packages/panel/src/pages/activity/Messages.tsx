import { Link } from '@tanstack/react-router'
import type { ActivityDetail } from '../../api/types.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { Code } from '../../parts/Code.tsx'
import { Section } from '../../parts/Page.tsx'
import { REASONS } from './reasons.ts'

interface Props {
  readonly workspace: string
  readonly entry: ActivityDetail
}

/** What was sent and what was answered, side by side. */
export function Messages({ workspace, entry }: Props) {
  return (
    <div className="messages">
      <Request entry={entry} />
      <Response workspace={workspace} entry={entry} />
    </div>
  )
}

const WITHOUT_BODY = new Set(['GET', 'HEAD', 'DELETE'])

function Request({ entry: { method, body } }: { readonly entry: ActivityDetail }) {
  const { t } = useLanguage()
  return (
    <Section title={t.activity.request}>
      {body === null || body === undefined ? (
        <p className="quiet">{WITHOUT_BODY.has(method) ? t.activity.noBody : t.activity.bodyNotKept}</p>
      ) : (
        <Code label={t.activity.bodyRedacted} text={JSON.stringify(body, null, 2)} />
      )}
    </Section>
  )
}

function Response({ workspace, entry: { response, group } }: Props) {
  const { t, format } = useLanguage()
  const { carries, body, totalResults } = response
  const said =
    carries === 'list' ? t.activity.carries.list(format.number(totalResults ?? 0)) : t.activity.carries[carries]
  return (
    <Section title={t.activity.response} says={said}>
      <Code
        label={carries === 'error' ? t.activity.responseMessage : t.activity.responseHead}
        text={textOf(response, body)}
      />
      {carries === 'resource' && group && group.displayName !== null && (
        <Link to="/w/$workspace/groups/$group" params={{ workspace, group: group.id }} search={{ tab: 'scim' }}>
          {t.activity.asItIsNow}
        </Link>
      )}
    </Section>
  )
}

/** As a message is written on the wire, without the version of HTTP, which is the proxy's. */
function textOf({ status, headers }: ActivityDetail['response'], body: unknown): string {
  const head = [
    `${status} ${REASONS[status] ?? ''}`.trim(),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  return body === null || body === undefined ? head.join('\n') : [...head, '', JSON.stringify(body, null, 2)].join('\n')
}
