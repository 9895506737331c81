import { isObject, type Json } from '../../base/json.ts'

/** Whether a key or path names `password`, in any case, with or without a schema's URN, a slash or a filter. */
export function isPassword(text: string): boolean {
  const name = text.replace(/\[.*/s, '').replace(/^.*[:/]/s, '')
  return /^\s*password\s*(\.|$)/i.test(name)
}

/**
 * The same JSON without any `password`, at whatever depth. Passwords are dropped before anything else is read, so that
 * no record, activity entry, log or error can ever hold one. Answers the same value if there is none.
 */
export function withoutPasswords(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map(withoutPasswords)
    return items.some((item, i) => item !== value[i]) ? items : value
  }
  if (!isObject(value)) return value
  const entries = Object.entries(value)
  const kept = entries.flatMap(([key, item]): [string, Json][] =>
    isPassword(key) ? [] : [[key, withoutPasswords(item)]],
  )
  const same = kept.length === entries.length && kept.every(([key, item]) => item === value[key])
  return same ? value : Object.fromEntries(kept)
}
