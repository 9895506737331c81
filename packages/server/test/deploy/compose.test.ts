import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readConfig } from '../../src/config.ts'
import { filled, COMPOSE as TEXT } from './composeFile.ts'
import { DRAIN_SECONDS } from './drain.ts'

const DEPLOY = new URL('../../../../deploy/', import.meta.url)
const EXAMPLE = readFileSync(new URL('.env.example', DEPLOY), 'utf8')
const SCHEMA = JSON.parse(readFileSync(new URL('compose-spec.json', import.meta.url), 'utf8'))

const SET = { POSTGRES_PASSWORD: 'abc123', PUBLIC_URL: 'https://scim.example.com' }
const { services, networks, volumes } = filled(SET)

test('it is a compose file, by the specification', () => {
  const ajv = new Ajv({
    strict: false,
    formats: { duration: true, ports: true, expose: true, subnet_ip_address: true },
  })
  const validate = ajv.compile(SCHEMA)
  validate(parse(TEXT))
  expect(validate.errors).toBeNull()
  const wrong = parse(TEXT)
  wrong.services.scim.imagee = 'optimaite-scim'
  expect(validate(wrong)).toBe(false)
})

test('it is built from the container file of this folder, which is there', () => {
  const { context, dockerfile } = services.scim.build as { context: string; dockerfile: string }
  const file = new URL(dockerfile, new URL(`${context}/`, DEPLOY))
  expect(fileURLToPath(file)).toBe(fileURLToPath(new URL('Dockerfile', DEPLOY)))
  expect(readFileSync(file, 'utf8')).toContain('ENTRYPOINT')
})

test('what has to be filled in is asked for by name, stands in the example, and has no value there', () => {
  expect(() => filled({})).toThrow('POSTGRES_PASSWORD: set it in deploy/.env')
  expect(() => filled({ POSTGRES_PASSWORD: 'x' })).toThrow('PUBLIC_URL: set it in deploy/.env')
  for (const name of Object.keys(SET)) expect(EXAMPLE).toMatch(new RegExp(`^${name}=$`, 'm'))
})

test('every setting that it gives the service is one that the service has', () => {
  const { DATABASE_URL, ...environment } = services.scim.environment
  expect(readConfig({}, environment)).toMatchObject({ publicUrl: SET.PUBLIC_URL, rateLimit: 200, logLevel: 'info' })
  const url = new URL(DATABASE_URL ?? '')
  expect([url.protocol, url.hostname, url.pathname]).toEqual(['postgres:', 'database', '/scim'])
  const { POSTGRES_USER, POSTGRES_DB, POSTGRES_PASSWORD } = services.database.environment
  expect([url.username, url.pathname.slice(1), url.password]).toEqual([POSTGRES_USER, POSTGRES_DB, POSTGRES_PASSWORD])
})

test('the service waits for its database, is reached from this machine only, and the database not at all', () => {
  expect(services.scim.depends_on).toEqual({ database: { condition: 'service_healthy' } })
  expect(services.database.healthcheck).toHaveProperty('test')
  expect(services.scim.ports).toEqual(['127.0.0.1:4000:4000'])
  expect(services.database.ports).toBeUndefined()
  expect(services.scim.environment.TRUSTED_PROXIES).toBe(networks.scim.ipam.config[0]?.gateway)
})

test('the database is kept in a volume, and the service keeps nothing', () => {
  expect(services.database.volumes).toEqual(['database:/var/lib/postgresql/data'])
  expect(Object.keys(volumes)).toEqual(['database'])
  expect(services.scim.read_only).toBe(true)
  expect(services.scim.volumes).toBeUndefined()
})

test('it waits longer for the service to stop than the service for its last requests', () => {
  expect(Number.parseInt(services.scim.stop_grace_period, 10)).toBeGreaterThan(DRAIN_SECONDS)
})
