import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import type { Access } from '../../src/admin-api/access.ts'
import { ROUTES } from '../../src/admin-api/routes/all.ts'
import { BASE, openAdmin } from './support.ts'

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly security: readonly Record<string, readonly string[]>[]
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[]
  readonly requestBody?: { readonly content: Record<string, { readonly schema: object }> }
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: object }> }>
}

interface Document {
  readonly openapi: string
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { readonly schemas: Record<string, object>; readonly securitySchemes: object }
}

const securityOf = (access: Access): object[] => {
  if ('scope' in access) return [{ apiKey: [access.scope] }, { session: [] }]
  return { anyone: [], setup_link: [{ setupLink: [] }], principal: [{ apiKey: [] }, { session: [] }] }[access.for]
}

async function documentOf(): Promise<Document> {
  return (await openAdmin()).api.openapi() as Document
}

describe('the OpenAPI document', () => {
  test('is served to everybody, as it is', async () => {
    const service = await openAdmin()
    const { status, json } = await service.as(undefined).get('/openapi.json')
    expect(status).toBe(200)
    expect(json).toEqual(JSON.parse(JSON.stringify(service.api.openapi())))
    expect(json).toMatchObject({ openapi: '3.1.0', servers: [{ url: BASE }] })
  })

  test('has every route with its parameters, its scope and its answers', async () => {
    const { paths } = await documentOf()
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )
    expect(operations.map(({ operation }) => operation.operationId).sort()).toEqual(
      ROUTES.map(({ operation }) => operation).sort(),
    )
    for (const { path, operation } of operations) {
      const route = ROUTES.find((one) => one.operation === operation.operationId)
      const named = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name)
      const parameters = (operation.parameters ?? []).filter((one) => one.in === 'path')
      expect([path, parameters.map(({ name }) => name)]).toEqual([path, named])
      expect(parameters.every(({ required }) => required)).toBe(true)
      const queries = (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name)
      expect([path, queries]).toEqual([path, Object.keys(route?.query?.shape ?? {})])
      expect(Object.keys(operation.responses)).toEqual([String(route?.status ?? 200), 'default'])
      if (!route) throw new Error(`${path} has no route`)
      expect([path, operation.security]).toEqual([path, securityOf(route.access)])
    }
  })

  test('names the cookie of a browser that has opened a setup link', async () => {
    const { components } = await documentOf()
    const scheme = { type: 'apiKey', in: 'cookie', name: 'optimaite_setup' }
    expect(components.securitySchemes).toMatchObject({ setupLink: scheme })
  })

  test('says of each list either how its pages go on, or why it is answered whole', async () => {
    const { paths, components } = await documentOf()
    const lists = Object.values(paths).flatMap(({ get }) => {
      const schema = get?.responses['200']?.content?.['application/json']?.schema
      const name = (schema as { $ref?: string } | undefined)?.$ref?.split('/').at(-1) ?? ''
      const fields = (components.schemas[name] as { properties?: object } | undefined)?.properties
      return get && fields && 'items' in fields ? [{ get, fields }] : []
    })
    expect(lists.length).toBeGreaterThan(20)
    for (const { get, fields } of lists) {
      const isWhole = get.description?.includes('Answered whole: ') ?? false
      const queries = (get.parameters ?? []).map(({ name }) => name)
      const isPaged = 'next' in fields && queries.includes('after')
      expect([get.operationId, isPaged, isWhole]).toEqual([get.operationId, !isWhole, isWhole])
    }
  })

  test('holds schemas that can be compiled, and each reference leads somewhere', async () => {
    const document = JSON.parse(JSON.stringify(await documentOf()))
    const { paths, components } = document as Document
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema({ ...document, $id: 'https://scim.example/openapi' })
    const schemas = Object.values(paths)
      .flatMap((methods) => Object.values(methods))
      .flatMap(({ requestBody, responses }) => [requestBody, ...Object.values(responses)])
      .flatMap((part) => Object.values(part?.content ?? {}).map(({ schema }) => schema))
    expect(schemas.length).toBeGreaterThan(100)
    const inDocument = (schema: object): object =>
      JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"https://scim.example/openapi#/'))
    for (const schema of [...schemas, ...Object.values(components.schemas)])
      expect(typeof ajv.compile(inDocument(schema))).toBe('function')
    const person = ajv.compile(inDocument(components.schemas.HostPerson as object))
    expect([person({ userName: 'ana' }), person({ userName: 1 }), person({ userName: 'ana', nick: 'a' })]).toEqual([
      ...[true, false, false],
    ])
  })

  test('describes what is answered', async () => {
    const service = await openAdmin()
    const document = JSON.parse(JSON.stringify(service.api.openapi())) as Document
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema({ ...document, $id: 'https://scim.example/openapi' })
    await service.client.upsert({ id: 'usr_a', userName: 'ana' })
    const group = await service.client.group('Sales', 'usr_a')
    const admin = service.as({ kind: 'operator', id: 'a', name: 'A' })
    const gets: readonly (readonly [path: string, schema: string])[] = [
      ['/me', 'Me'],
      ['/workspaces', 'WorkspacePage'],
      ['/workspaces/acme/people', 'PersonPage'],
      ['/workspaces/acme/people/usr_a', 'PersonDetail'],
      [`/workspaces/acme/groups/${group}`, 'Group'],
      [`/workspaces/acme/groups/${group}/history`, 'GroupHistory'],
      ['/workspaces/acme/people/usr_a/explain?group=Sales', 'Explanation'],
      ['/workspaces/acme/activity', 'ActivityPage'],
      ['/workspaces/acme/changes', 'ChangeFeed'],
      ['/workspaces/none', 'Problem'],
    ]
    for (const [path, schema] of gets) {
      const validate = ajv.getSchema(`https://scim.example/openapi#/components/schemas/${schema}`)
      expect([path, validate?.((await admin.get(path)).json), validate?.errors]).toEqual([path, true, null])
    }
  })
})
