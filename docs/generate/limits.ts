import { LARGE_BODY, SMALL_BODY } from '../../packages/scim/src/admin-api/body.ts'
import { BULK, RECONCILED } from '../../packages/scim/src/admin-api/schemas/people.ts'
import { MAX_DEPTH, MAX_KEYS } from '../../packages/scim/src/base/json.ts'
import { MAX_TEXT_LENGTH } from '../../packages/scim/src/protocol/bodies/groupAttributes.ts'
import { MAX_COMPARISONS, MAX_FILTER_BYTES, MAX_FILTER_DEPTH } from '../../packages/scim/src/protocol/filter/parser.ts'
import { MAX_COUNT } from '../../packages/scim/src/protocol/messages.ts'
import { MAX_OPERATIONS } from '../../packages/scim/src/protocol/patch/sentOperations.ts'
import { MAX_PATH_BYTES } from '../../packages/scim/src/protocol/path.ts'
import { AUDIT_DAYS } from '../../packages/scim/src/provisioning/audit/audit.ts'
import { RECORD_BYTES } from '../../packages/scim/src/provisioning/people/users.ts'
import { SETUP_LIFETIME } from '../../packages/scim/src/provisioning/setup/links.ts'
import { DEFAULT_LIFETIME } from '../../packages/scim/src/provisioning/tokens/tokens.ts'
import { DEFAULT_SETTINGS } from '../../packages/scim/src/provisioning/workspaces.ts'
import {
  BODY_BYTES,
  DEFAULT_RATE_LIMIT,
  HELD_BYTES,
  WAIT_MILLISECONDS,
} from '../../packages/scim/src/scim-api/limits.ts'
import { PAGE_MEMBERS } from '../../packages/scim/src/store/query/page.ts'
import { bytes, type Page, page, table } from './markdown.ts'

const DAY = 86_400_000

/** `reference/limits.md`: from the constants that hold them. */
export function limitsPage(): Page {
  const rows: readonly (readonly [string, string, string])[] = [
    ['Request body', bytes(BODY_BYTES), '413'],
    [
      'Request bodies that one process holds at once',
      bytes(HELD_BYTES),
      `further ones wait, unread, up to ${WAIT_MILLISECONDS / 1_000} s; then 503 with \`Retry-After\``,
    ],
    ['JSON nested', `${MAX_DEPTH} deep`, '400 `invalidSyntax`'],
    ['Keys of one JSON object', number(MAX_KEYS), '400 `invalidSyntax`'],
    ['Operations in a PATCH', number(MAX_OPERATIONS), '400 `tooMany`'],
    ['PATCH path', bytes(MAX_PATH_BYTES), '400 `invalidPath`'],
    [
      'Filter',
      `${bytes(MAX_FILTER_BYTES)}, ${MAX_FILTER_DEPTH} deep, ${MAX_COMPARISONS} comparisons`,
      '400 `invalidFilter`',
    ],
    ['Name and externalId of a group', `${number(MAX_TEXT_LENGTH)} characters`, '400 `invalidValue`'],
    ['What a provider writes of one person', bytes(RECORD_BYTES), '400 `invalidValue`'],
    ['Resources on a page', number(MAX_COUNT), 'the page is shorter; `itemsPerPage` says how long'],
    ['Members on a page of groups', number(PAGE_MEMBERS), 'the page is shorter; one group is always whole'],
    [
      'Requests with one token',
      `${DEFAULT_RATE_LIMIT.perSecond} a second, ${number(DEFAULT_RATE_LIMIT.burst)} in a burst (setting)`,
      '429 with `Retry-After`',
    ],
    [
      'Requests to the admin API with one API key',
      `${DEFAULT_RATE_LIMIT.perSecond} a second, ${number(DEFAULT_RATE_LIMIT.burst)} in a burst (setting)`,
      '429 with `Retry-After`',
    ],
    ['Life of a token', `${DEFAULT_LIFETIME / DAY} days unless said otherwise`, '401'],
    ['Setup link', `${SETUP_LIFETIME / DAY} days; claimed by one browser`, 'refused, with the reason'],
    ['Activity is kept', `${DEFAULT_SETTINGS.activityDays} days (setting of the workspace)`, ''],
    ['Pending people without groups are kept', `${DEFAULT_SETTINGS.pendingDays} days (setting of the workspace)`, ''],
    ['The audit trail is kept', `${AUDIT_DAYS} days`, ''],
    ['Body of the admin API', `${bytes(SMALL_BODY)}; with people or members in it ${bytes(LARGE_BODY)}`, '413'],
    ['People in one call of the admin API', `${number(BULK)}; in a reconciliation ${number(RECONCILED)}`, '400'],
    ['Items on a page of the admin API', '1,000', '400'],
  ]
  return page(
    'reference/limits.md',
    'Limits',
    'There is no limit to the members of a group, or to the groups and people of a workspace.',
    table(['What', 'Limit', 'Beyond it'], rows),
    'Not offered: Bulk (501), `/Me` (501), search across resource types (501), passwords (dropped), groups within groups (400), the creation of accounts.',
  )
}

function number(count: number): string {
  return count.toLocaleString('en')
}
