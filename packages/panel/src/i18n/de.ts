import { activity } from './de/activity.ts'
import { audit } from './de/audit.ts'
import { common } from './de/common.ts'
import { connect } from './de/connect.ts'
import { groups } from './de/groups.ts'
import { overview } from './de/overview.ts'
import { people } from './de/people.ts'
import { settings } from './de/settings.ts'
import { shell } from './de/shell.ts'
import { signIn } from './de/signIn.ts'
import { tokens } from './de/tokens.ts'
import type { en } from './en.ts'

/** Every text of the panel in German. */
export const de: typeof en = {
  ...common,
  ...shell,
  ...signIn,
  ...overview,
  ...connect,
  ...tokens,
  ...groups,
  ...people,
  ...activity,
  ...settings,
  ...audit,
}
