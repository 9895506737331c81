import type { GuardSettings, WorkspaceSettings } from '../workspaces.ts'

type Unset<T> = { readonly [Key in keyof T]?: T[Key] | undefined }
type Written = Unset<Omit<WorkspaceSettings, 'guard'>> & { readonly guard?: Unset<GuardSettings> | undefined }

/** What the trail keeps of a workspace's settings that were written: which was to get which value. No secret is among them. */
export function notedSettings({ scim, guard, ...settings }: Written): Readonly<Record<string, string | number>> {
  const values = {
    ...settings,
    scim: onOff(scim),
    guard: onOff(guard?.on),
    guardLimit: guard?.limit,
  }
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

function onOff(on: boolean | undefined): string | undefined {
  return on === undefined ? undefined : on ? 'on' : 'off'
}
