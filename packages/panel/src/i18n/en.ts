import { activity } from './en/activity.ts'
import { audit } from './en/audit.ts'
import { common } from './en/common.ts'
import { connect } from './en/connect.ts'
import { groups } from './en/groups.ts'
import { overview } from './en/overview.ts'
import { people } from './en/people.ts'
import { settings } from './en/settings.ts'
import { shell } from './en/shell.ts'
import { signIn } from './en/signIn.ts'
import { tokens } from './en/tokens.ts'

/** Every text of the panel in English, and the shape of every other language. */
export const en = {
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
