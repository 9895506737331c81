/** Milliseconds between two looks at a page that is visible. */
export const LIVE = 2_000
/** The same, while the service does not answer. */
export const STRAINED = 10_000

/** How a page stays current; TanStack Query pauses it while the page is hidden. */
export const live = {
  refetchInterval: (query: { readonly state: { readonly status: string } }) =>
    query.state.status === 'error' ? STRAINED : LIVE,
  refetchIntervalInBackground: false,
} as const
