import { statement } from './statement.ts'
import type { Reader, Writer } from './store.ts'

export interface SetupLinkRow {
  readonly workspace_id: number
  /** The public id, part of the link's text and of its session's. */
  readonly id: string
  /** SHA-256 of the link's secret. */
  readonly digest: Uint8Array
  readonly provider: string
  readonly note: string | null
  readonly created_by: string
  readonly created_at: number
  readonly expires_at: number
  readonly revoked_at: number | null
  readonly claimed_at: number | null
  readonly claimed_address: string | null
  readonly claimed_client: string | null
  /** SHA-256 of the secret of the browser's session that claimed it. */
  readonly session_digest: Uint8Array | null
  /** The public id of the last token that it issued. */
  readonly token_id: string | null
  readonly issued_at: number | null
  readonly issued_address: string | null
  readonly issued_client: string | null
}

/** Who did something with a link, and when. */
export interface SetupAct {
  readonly at: number
  readonly address: string | null
  readonly client: string | null
}

const COLUMNS = `workspace_id, id, digest, provider, note, created_by, created_at, expires_at, revoked_at,
  claimed_at, claimed_address, claimed_client, session_digest, token_id, issued_at, issued_address, issued_client`

const insert = statement<SetupLinkRow>(`
  insert into {setup_links} as l (workspace_id, id, digest, provider, note, created_by, created_at, expires_at)
  select w.key, :id, :digest, :provider, :note, :created_by, :created_at, :expires_at
  from {workspaces} w where w.key = :workspace
  returning ${COLUMNS}`)
const byId = statement<SetupLinkRow>(`
  select ${COLUMNS} from {setup_links} where workspace_id = :workspace and id = :id`)
const locked = statement<SetupLinkRow>(`
  select ${COLUMNS} from {setup_links} l where l.workspace_id = :workspace and l.id = :id {lock l}`)
const ofWorkspace = statement<SetupLinkRow>(`
  select ${COLUMNS} from {setup_links} where workspace_id = :workspace order by created_at, id`)
const claim = statement(`
  update {setup_links} set claimed_at = :at, claimed_address = :address, claimed_client = :client,
    session_digest = :session_digest
  where workspace_id = :workspace and id = :id and claimed_at is null and revoked_at is null and expires_at > :at`)
const issue = statement(`
  update {setup_links} set token_id = :token, issued_at = :at, issued_address = :address, issued_client = :client
  where workspace_id = :workspace and id = :id`)
const revoke = statement(`
  update {setup_links} set revoked_at = :at where workspace_id = :workspace and id = :id and revoked_at is null`)

type Given = 'id' | 'digest' | 'provider' | 'note' | 'created_by' | 'created_at' | 'expires_at'

/** Answers nothing, and has written nothing, where the workspace is gone. */
export function insertSetupLink(
  writer: Writer,
  row: Pick<SetupLinkRow, Given> & { readonly workspace: number },
): Promise<SetupLinkRow | undefined> {
  return writer.get(insert, { ...row })
}

export function setupLinkById(reader: Reader, workspace: number, id: string): Promise<SetupLinkRow | undefined> {
  return reader.get(byId, { workspace, id })
}

/** Nobody else issues with it, or revokes it, until the transaction ends. */
export function lockSetupLink(writer: Writer, workspace: number, id: string): Promise<SetupLinkRow | undefined> {
  return writer.get(locked, { workspace, id })
}

/** The oldest first. */
export function setupLinksOf(reader: Reader, workspace: number): Promise<SetupLinkRow[]> {
  return reader.all(ofWorkspace, { workspace })
}

/** Answers whether it was there to be claimed; of several claims at once that is so for one. */
export async function claimSetupLink(
  writer: Writer,
  { workspace, id, session }: { readonly workspace: number; readonly id: string; readonly session: Uint8Array },
  { at, address, client }: SetupAct,
): Promise<boolean> {
  return (await writer.run(claim, { workspace, id, session_digest: session, at, address, client })) > 0
}

export async function recordSetupIssue(
  writer: Writer,
  { workspace, id, token }: { readonly workspace: number; readonly id: string; readonly token: string },
  { at, address, client }: SetupAct,
): Promise<void> {
  await writer.run(issue, { workspace, id, token, at, address, client })
}

export async function revokeSetupLink(writer: Writer, workspace: number, id: string, at: number): Promise<void> {
  await writer.run(revoke, { workspace, id, at })
}
