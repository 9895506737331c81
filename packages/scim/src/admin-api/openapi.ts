import { OpenAPIHono, type RouteConfig } from '@hono/zod-openapi'
import type { Access } from './access.ts'
import { SETUP_COOKIE } from './door.ts'
import type { Route } from './route.ts'
import { Problem } from './schemas/problem.ts'

/** The OpenAPI 3.1 document of routes, as they are: nothing of it is written twice. */
export function openApiOf(routes: readonly (Route & { readonly tag: string })[], url: string): object {
  const { openAPIRegistry: registry, ...app } = describing()
  registry.registerComponent('securitySchemes', 'apiKey', {
    type: 'http',
    scheme: 'bearer',
    description: 'A key of an application, `opt_key_…`.',
  })
  registry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: 'session',
    description: 'Whatever the service, or the host application, signs people in by. Writes need the header Origin.',
  })
  registry.registerComponent('securitySchemes', 'setupLink', {
    type: 'apiKey',
    in: 'cookie',
    name: SETUP_COOKIE,
    description: 'Of a browser that has opened a setup link. Writes need the header Origin.',
  })
  for (const route of routes) registry.registerPath(configOf(route))
  return app.document({
    openapi: '3.1.0',
    info: {
      title: 'Optimaite SCIM: admin API',
      version: '1',
      description:
        'Workspaces, people, groups, tokens, activity and history. Errors are application/problem+json (RFC 9457); lists come in pages, of which `next` asks for the one after. Those that are answered whole say so, and why they stay short.',
      license: { name: 'Apache-2.0' },
    },
    servers: [{ url }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
  })
}

function describing() {
  const app = new OpenAPIHono()
  return {
    openAPIRegistry: app.openAPIRegistry,
    document: (config: Parameters<typeof app.getOpenAPI31Document>[0]): object => app.getOpenAPI31Document(config),
  }
}

function configOf(route: Route & { readonly tag: string }): RouteConfig {
  const { status = 200, answer, body, params, query, access } = route
  const description = descriptionOf(route)
  return {
    operationId: route.operation,
    method: route.method,
    path: route.path,
    summary: route.summary,
    tags: [route.tag],
    security: securityOf(access),
    ...(description !== '' && { description }),
    request: {
      ...(params && { params }),
      ...(query && { query }),
      ...(body && {
        body: { required: !route.optionalBody, content: { 'application/json': { schema: body } } },
      }),
    },
    responses: {
      [status]: {
        description: DESCRIPTIONS[status],
        ...(answer && { content: { 'application/json': { schema: answer } } }),
      },
      default: {
        description: 'Refused',
        content: { 'application/problem+json': { schema: Problem } },
      },
    },
  }
}

const DESCRIPTIONS = { 200: 'Done', 201: 'Made', 204: 'Done; there is nothing to say' } as const
const REACH = {
  service: ' for all workspaces',
  workspace: ' in the workspace',
  own: '; answers of the workspaces within reach',
} as const

function descriptionOf({ access, whole }: Route): string {
  const scope = 'for' in access ? '' : `Needs the scope \`${access.scope}\`${REACH[access.level]}.`
  return [scope, whole === undefined ? '' : `Answered whole: ${whole}.`].filter(Boolean).join(' ')
}

function securityOf(access: Access): Record<string, string[]>[] {
  if (!('for' in access)) return [{ apiKey: [access.scope] }, { session: [] }]
  if (access.for === 'setup_link') return [{ setupLink: [] }]
  return access.for === 'principal' ? [{ apiKey: [] }, { session: [] }] : []
}
