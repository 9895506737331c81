import { performance } from 'node:perf_hooks'
import { breaches } from './contract.ts'
import { differences, isRecord, show, textMatches, valueAt } from './match.ts'
import { type Read, readBack, readVersions, versionProblems } from './readBack.ts'
import type { Session, Step, Variant } from './session.ts'
import { fill, fillString, initialValues, type Json, MissingValue, refresh, type Values } from './values.ts'
import { openWire, type Wire, type WireAnswer, type WireRequest } from './wire.ts'

/** Where and as whom a session is played. */
export interface PlayOptions {
  /** The SCIM base URL; an address without a path means the documented base below it. */
  readonly baseUrl: string
  readonly token: string
  /** The people of the session, by key, as the workspace knows them. */
  readonly people: Readonly<Record<string, { readonly id: string }>>
  /** One of the session's variants; the first unless said otherwise. */
  readonly variant?: Variant
  readonly onStep?: (result: StepResult) => void
  readonly signal?: AbortSignal
}

/** How one step went. */
export interface StepResult {
  readonly phase: Step['phase']
  readonly says: Step['says']
  /** Method and path as sent. */
  readonly request: string
  /** Absent where nothing was sent, or nothing came back. */
  readonly status?: number
  readonly ok: boolean
  readonly problems: readonly string[]
  /** The words with which the service provider refused. */
  readonly detail?: string
  readonly durationMs: number
}

/** How a session went; `stopped` says why steps are missing at its end. */
export interface SessionResult {
  readonly session: string
  readonly variant: string
  readonly ok: boolean
  readonly total: number
  readonly steps: readonly StepResult[]
  readonly stopped?: string
  readonly durationMs: number
}

/** The service provider cannot be reached, so that no further step makes sense. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

interface Stage {
  readonly session: Session
  readonly variant: Variant
  readonly wire: Wire
  readonly values: Values
  readonly token: string
  readonly signal: AbortSignal | undefined
}

/** Plays a session over real HTTP, request by request in its order, and says what held. */
export async function playSession(session: Session, options: PlayOptions): Promise<SessionResult> {
  const started = performance.now()
  const stage = openStage(session, options)
  const steps: StepResult[] = []
  let stopped: string | undefined
  try {
    for (const step of session.steps) {
      options.signal?.throwIfAborted()
      const result = withoutToken(await playStep(step, stage), options.token)
      steps.push(result)
      options.onStep?.(result)
    }
  } catch (error) {
    if (!(error instanceof NoAnswer) && !options.signal?.aborted) throw error
    stopped = options.signal?.aborted ? 'interrupted' : (error as NoAnswer).message
  } finally {
    stage.wire.close()
  }
  return {
    session: session.name,
    variant: stage.variant.name,
    ok: stopped === undefined && steps.every((step) => step.ok),
    total: session.steps.length,
    steps,
    ...(stopped !== undefined && { stopped }),
    durationMs: performance.now() - started,
  }
}

function openStage(session: Session, options: PlayOptions): Stage {
  return {
    session,
    variant: options.variant ?? session.variants[0] ?? { name: 'base' },
    wire: openWire(options.baseUrl),
    values: initialValues(session, options.people),
    token: options.token,
    signal: options.signal,
  }
}

async function playStep(step: Step, stage: Stage): Promise<StepResult> {
  const started = performance.now()
  const told = { phase: step.phase, says: step.says }
  refresh(stage.values)
  const outcome = await attempt(step, stage)
  return { ...told, ...outcome, ok: outcome.problems.length === 0, durationMs: performance.now() - started }
}

type Outcome = Pick<StepResult, 'request' | 'status' | 'detail' | 'problems'>

async function attempt(step: Step, stage: Stage): Promise<Outcome> {
  let request: WireRequest
  try {
    request = buildRequest(step, stage)
  } catch (error) {
    if (!(error instanceof MissingValue)) throw error
    return { request: `${step.request.method} ${step.request.path}`, problems: [`not sent: ${error.message}`] }
  }
  const read = onlooker(stage)
  const groups = step.unchanged ?? []
  const before = await readVersions(read, groups, stage.values)
  const answer = await send(stage, request)
  const problems = answerProblems(step, answer, stage)
  if (problems.length === 0) {
    problems.push(...(await readBack(read, step, stage.values)))
    problems.push(...versionProblems(before, await readVersions(read, groups, stage.values)))
  }
  return { request: `${request.method} ${request.path}`, status: answer.status, problems, ...detailOf(answer) }
}

function buildRequest({ request }: Step, { session, variant, wire, values, token }: Stage): WireRequest {
  const headers = {
    Authorization: (variant.authorization ?? 'Bearer {{token}}').replace('{{token}}', token),
    ...session.headers,
    ...(request.body !== undefined && session.bodyHeaders),
    ...variant.headers,
    ...request.headers,
  }
  const path = withQuery(`${wire.basePath}${variant.basePath ?? ''}${fillString(request.path, values)}`, variant.query)
  const body = request.body === undefined ? undefined : JSON.stringify(fill(request.body, values))
  return { method: request.method, path, headers, body }
}

function withQuery(path: string, query: string | undefined): string {
  if (query === undefined) return path
  return `${path}${path.includes('?') ? '&' : '?'}${query}`
}

function onlooker(stage: Stage): Read {
  const headers = { Authorization: `Bearer ${stage.token}`, Accept: 'application/scim+json' }
  return (path) => send(stage, { method: 'GET', path: `${stage.wire.basePath}${path}`, headers })
}

async function send(stage: Stage, request: WireRequest): Promise<WireAnswer> {
  try {
    return await stage.wire.send(request, stage.signal)
  } catch (error) {
    const reason = error instanceof Error ? error.message || error.name : String(error)
    throw new NoAnswer(`${request.method} ${request.path}: ${reason}`)
  }
}

/** What is wrong with the answer. Values are saved first, so that what is expected may name them. */
function answerProblems(step: Step, answer: WireAnswer, { session, variant, values }: Stage): string[] {
  const wanted = [step.expect.status].flat()
  if (!wanted.includes(answer.status)) return [`status: expected ${wanted.join(' or ')}, got ${answer.status}`]
  const unsaved = Object.entries(step.save ?? {}).flatMap(([name, path]) => {
    const value = valueAt(answer.json, path)
    if (value !== undefined) values.set(name, value)
    return value === undefined ? [`${path}: expected a value to remember as ${name}, but it is missing`] : []
  })
  if (unsaved.length > 0) return unsaved
  return [
    ...breaches(answer, variant.mediaType ?? session.mediaType),
    ...headerProblems(step.expect.headers ?? {}, answer, values),
    ...(step.expect.body === undefined ? [] : differences(fill(step.expect.body, values), answer.json)),
    ...(step.expect.absent ?? []).flatMap((path) => absenceProblems(path, answer.json)),
  ]
}

function headerProblems(expected: Record<string, string>, answer: WireAnswer, values: Values): string[] {
  return Object.entries(expected).flatMap(([name, template]) => {
    const value = fillString(template, values)
    const actual = answer.headers[name.toLowerCase()]
    return textMatches(value, actual) ? [] : [`header ${name}: expected ${show(value)}, got ${show(actual)}`]
  })
}

function absenceProblems(path: string, json: Json | undefined): string[] {
  const value = valueAt(json, path)
  return value === undefined ? [] : [`${path}: expected to be absent, got ${show(value)}`]
}

function detailOf({ status, json }: WireAnswer): { detail?: string } {
  return status >= 400 && isRecord(json) && typeof json.detail === 'string' ? { detail: json.detail } : {}
}

function withoutToken(result: StepResult, token: string): StepResult {
  const clean = (text: string) => text.replaceAll(token, '[token]')
  const { detail } = result
  return { ...result, problems: result.problems.map(clean), ...(detail !== undefined && { detail: clean(detail) }) }
}
