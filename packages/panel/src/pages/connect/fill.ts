export interface GuideValues {
  readonly baseUrl: string
  readonly token: string | undefined
}

/** A text of a guide with its values; nothing while one of them is not there yet. */
export function filled(text: string, values: GuideValues): string | undefined {
  let complete = true
  const result = text.replace(/\{\{(baseUrl|token)\}\}/g, (_, name: 'baseUrl' | 'token') => {
    const value = values[name]
    if (value === undefined) complete = false
    return value ?? ''
  })
  return complete ? result : undefined
}
