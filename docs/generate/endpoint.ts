import { SCIM_PATH } from '../../packages/scim/src/scim.ts'
import { DISCOVERY, METHODS, NOT_OFFERED, type Route } from '../../packages/scim/src/scim-api/routes.ts'
import { code, type Page, page, table } from './markdown.ts'

const REQUESTS = `## Requests

A body is JSON: \`application/scim+json\`, \`application/json\`, \`text/json\` or no type at all, uncompressed. One surplus \`/Groups\` or
\`/Users\` in front of a resource word is dropped, so that a base that ends in \`/Groups\` works. Trailing and doubled slashes, resource
words in any case, \`+\` for a blank and unknown query parameters are accepted.

| Query parameter | Meaning |
| --- | --- |
| \`filter\` | [the whole grammar](filters) |
| \`sortBy\`, \`sortOrder\` | by any attribute with one value; \`ascending\` or \`descending\` |
| \`startIndex\`, \`count\` | pages by index, from 1; \`count=0\` answers the total alone |
| \`cursor\`, \`count\` | pages by cursor (RFC 9865): begin with \`cursor=\`, go on with \`nextCursor\` |
| \`attributes\`, \`excludedAttributes\` | what is returned, sub-attributes too; \`excludedAttributes=members\` reads no members |

## Answers

\`application/scim+json\`, or \`application/json\` where \`Accept\` names that alone. POST answers 201 with \`Location\`, PUT 200 with the
resource, PATCH of a group 204 (200 with the resource where \`attributes\`, \`excludedAttributes\` or \`Prefer: return=representation\`
asks), PATCH of a user 200, DELETE 204.

Every resource has an \`ETag\`, \`W/"n"\`, raised by each request that changes something. \`If-Match\` is checked together with the write
(412), \`If-None-Match\` answers 304.

PUT leaves alone what is absent: without \`members\` or \`externalId\` these stay, and \`[]\` or \`null\` clears them. To add what is there
and to remove what is not is a success that changes nothing. An operation that cannot be applied is refused, never passed over.

## PUT and PATCH on /Groups

\`PUT /Groups\` finds its group by the first of \`id\`, \`externalId\` and \`displayName\` that the body has; where there is none, 404.
\`PATCH /Groups\` takes a top-level \`id\` in the body, or the one group that \`?filter=\` matches: none is 404, several are 412, neither
given is 400.`

/** `reference/endpoint.md`: routes and methods, and how they answer. */
export function endpointPage(): Page {
  const routes = Object.entries(METHODS) as [Route, readonly string[]][]
  const rows = routes.map(([route, methods]) => [
    code(route),
    methods.length === 0 ? '501' : methods.join(', '),
    tokenNeeded(route),
  ])
  return page(
    'reference/endpoint.md',
    'SCIM endpoint',
    `SCIM 2.0 (RFC 7643, RFC 7644) at ${code(`https://<your host>${SCIM_PATH}`)}, with ${code('Authorization: Bearer <scim-token>')}.`,
    table(['Route', 'Methods', 'Token'], rows),
    'HEAD works where GET does. A token that is sent and not live is refused everywhere, so that a connection test cannot succeed with it.',
    REQUESTS,
  )
}

function tokenNeeded(route: Route): string {
  if (NOT_OFFERED.has(route)) return 'needed; not offered'
  return DISCOVERY.has(route) ? 'not needed' : 'needed'
}
