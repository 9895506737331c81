import { Link, useSearch } from '@tanstack/react-router'

interface Props<Name extends string> {
  readonly label: string
  readonly tabs: readonly (readonly [Name, string])[]
  readonly current: Name
}

/** Views of one page. Each has an address of its own, so they are links; the first is the page's own. */
export function Tabs<Name extends string>({ label, tabs, current }: Props<Name>) {
  const search = useSearch({ strict: false })
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(([name, text], index) => (
        <Link
          key={name}
          to="."
          search={{ ...('why' in search && { why: search.why }), ...(index > 0 && { tab: name }) } as never}
          aria-current={name === current ? 'page' : undefined}
          // Without them, the first tab's address would count as part of every other's.
          activeOptions={{ exact: true, includeSearch: true }}
          activeProps={{}}
          resetScroll={false}
        >
          {text}
        </Link>
      ))}
    </nav>
  )
}
