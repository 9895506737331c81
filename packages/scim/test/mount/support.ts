import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { narrateStep } from '../../../server/src/rehearse/narrate.ts'
import { playSession } from '../../../server/src/rehearse/play.ts'
import { scratchWorkspaces } from '../../../server/src/rehearse/scratchWorkspaces.ts'
import { loadSession } from '../../../server/src/rehearse/sessions.ts'
import { createScim, SCIM_PATH, type Scim } from '../../src/index.ts'

const ERROR_URN = 'urn:ietf:params:scim:api:messages:2.0:Error'

/** A library on a store of its own, for a host to mount. */
export interface Library extends AsyncDisposable {
  readonly scim: Scim
  /** `sqlite:FILE`, for another process. */
  readonly database: string
}

export async function openLibrary(): Promise<Library> {
  const folder = mkdtempSync(join(tmpdir(), 'scim-mount-'))
  const database = `sqlite:${join(folder, 'host.db')}`
  const scim = await createScim({ database, publicUrl: 'https://app.optimaite.example' })
  return {
    scim,
    database,
    async [Symbol.asyncDispose]() {
      await scim.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Starts a host's server on any free port; answers its address. */
export async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export async function stopped(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}

/** Plays a provider's whole session against a host, in a workspace of its own; every step must hold. */
export async function expectSession(name: string, scim: Scim, url: string): Promise<void> {
  const session = loadSession(name)
  const scratch = scratchWorkspaces(scim)
  const { slug, token, people } = await scratch.create(session.policy, session.people)
  try {
    const result = await playSession(session, { baseUrl: url + SCIM_PATH, token, people })
    const failed = result.steps.filter((step) => !step.ok).map((step) => narrateStep(step, undefined))
    expect(failed.join(''), result.stopped).toBe('')
    expect(result).toMatchObject({ ok: true, total: session.steps.length })
  } finally {
    await scratch.remove(slug)
  }
}

/** Paths that are SCIM's, whatever else is mounted around them. */
const OURS = ['', '/', '/Groups', '/Groups/Users?count=1', '/groups/', '/%47roups', '/Nothing', '/a/b/c']
/** Paths near it that a host's own catch-all at `/api/auth/*` has to get. */
const THE_HOSTS = ['/session', '/scim', '/scim/v2x/Groups', '/scim/v20', '/scim/v1/Groups', '/callback/Groups?a=1']

/** What a host's catch-all answers, for {@link expectBeside} to know it by. */
export function hostBody(method: string, path: string): { host: string } {
  return { host: `${method} ${path}` }
}

/** SCIM has its base and what is below; the host's catch-all at `/api/auth/*` has everything else. */
export async function expectBeside(url: string): Promise<void> {
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
    for (const path of OURS) {
      const response = await fetch(`${url}${SCIM_PATH}${path}`, { method, redirect: 'manual' })
      expect([method, path, response.status]).toEqual([method, path, 401])
      expect(await response.json()).toMatchObject({ schemas: [ERROR_URN], status: '401' })
    }
    for (const path of THE_HOSTS) {
      const response = await fetch(`${url}/api/auth${path}`, { method })
      expect(await response.json()).toEqual(hostBody(method, `/api/auth${path.replace(/\?.*/, '')}`))
    }
  }
}

/** A workspace with a token, and requests that its provider sends to a host. */
export interface Provider {
  send(method: string, path: string, body?: string | Uint8Array<ArrayBuffer>, type?: string): Promise<Answer>
}

export interface Answer {
  readonly status: number
  readonly type: string | null
  readonly text: string
  readonly detail: string | undefined
}

export async function providerOf(scim: Scim, slug: string, url: string): Promise<Provider> {
  await scim.workspaces.create(slug, { name: slug, scim: true })
  const { text: token } = await scim.tokens.issue(slug, { label: 'Entra', createdBy: 'test' })
  return {
    async send(method, path, body, type = 'application/scim+json') {
      const headers = { Authorization: `Bearer ${token}`, ...(body !== undefined && { 'Content-Type': type }) }
      const response = await fetch(url + SCIM_PATH + path, { method, headers, ...(body !== undefined && { body }) })
      const text = await response.text()
      const detail = /"detail":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1]
      return { status: response.status, type: response.headers.get('content-type'), text, detail }
    },
  }
}
