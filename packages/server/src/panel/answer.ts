import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { isKnown } from '../docs/answer.ts'
import { openSite, type Site, type SiteFile } from '../docs/site.ts'
import { PANEL_FOLDER } from './site.ts'

const INDEX = 'index.html'

/** Answers GET and HEAD for the panel: its files, and its one page for every other address that a browser goes to. */
export function panelAnswer(folder: string = PANEL_FOLDER) {
  let site: Site | undefined
  const compressed = new Map<string, Promise<Buffer>>()
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const name = (request.url ?? '/').replace(/[?#].*$/s, '').slice(1)
    const isPage = name === '' || (isNavigation(request) && !name.startsWith('assets/'))
    // Looked for anew while there is none, so that a build shows without a restart.
    site ??= openSite(folder)
    const file = site?.file(name === '' ? INDEX : name) ?? (isPage ? site?.file(INDEX) : undefined)
    if (file) await sendFile(request, response, file, compressed)
    else if (isPage && site === undefined) sendUnbuilt(request, response)
    else return false
    return true
  }
}

/** What a browser shows as a page; scripts and images of a page that is not there must not become one. */
function isNavigation({ headers }: IncomingMessage): boolean {
  const to = headers['sec-fetch-dest']
  return to === undefined ? /\btext\/html\b/.test(headers.accept ?? '') : to === 'document'
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: SiteFile,
  compressed: Map<string, Promise<Buffer>>,
): Promise<void> {
  protect(response, file.type.startsWith('text/html') ? file.body.toString() : undefined)
  response.setHeader('ETag', file.etag)
  response.setHeader('Cache-Control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
  response.setHeader('Vary', 'Accept-Encoding')
  if (isKnown(request.headers['if-none-match'], file.etag)) {
    response.writeHead(304).end()
    return
  }
  const encoding = encodingFor(request, file)
  if (encoding !== undefined) response.setHeader('Content-Encoding', encoding)
  const body = encoding === undefined ? file.body : await compressedBody(file, encoding, compressed)
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': body.byteLength })
  response.end(request.method === 'HEAD' ? undefined : body)
}

type Encoding = 'br' | 'gzip'

const COMPRESS: Record<Encoding, (body: Buffer) => Promise<Buffer>> = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (body) => promisify(gzip)(body, { level: 9 }),
}

/** Once for each file: they are few, and never change while they are served. */
function compressedBody(
  { etag, body }: SiteFile,
  encoding: Encoding,
  compressed: Map<string, Promise<Buffer>>,
): Promise<Buffer> {
  const key = `${encoding} ${etag}`
  const known = compressed.get(key)
  if (known) return known
  const made = COMPRESS[encoding](body)
  compressed.set(key, made)
  return made
}

function encodingFor({ headers }: IncomingMessage, { type, body }: SiteFile): Encoding | undefined {
  if (body.byteLength < 1_024 || !/^text\/|json|svg/.test(type)) return undefined
  const accepted = String(headers['accept-encoding'] ?? '')
    .split(',')
    .filter((entry) => !/;\s*q=0(\.0*)?\s*$/.test(entry))
    .map((entry) => entry.split(';')[0]?.trim())
  return (['br', 'gzip'] as const).find((encoding) => accepted.includes(encoding))
}

const UNBUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Optimaite SCIM</title>
<p>The service runs. Its panel is not built here: run <code>npm run build</code> in the repository, and reload.</p>
<p><a href="/docs/">Documentation</a></p></html>
`

function sendUnbuilt(request: IncomingMessage, response: ServerResponse): void {
  protect(response, UNBUILT)
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(UNBUILT),
    'Cache-Control': 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : UNBUILT)
}

function protect(response: ServerResponse, html: string | undefined): void {
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  if (html === undefined) return
  response.setHeader('Content-Security-Policy', policyOf(html))
  response.setHeader('X-Frame-Options', 'DENY')
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=()')
}

/** Everything from here, and what stands in the page by its hash; no page of another may show this one. */
function policyOf(html: string): string {
  return [
    "default-src 'self'",
    `script-src 'self'${hashesOf(html, 'script')}`,
    `style-src 'self'${hashesOf(html, 'style')}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function hashesOf(html: string, element: 'script' | 'style'): string {
  const inline = html.matchAll(new RegExp(`<${element}(?![^>]*\\bsrc=)[^>]*>([\\s\\S]*?)</${element}>`, 'g'))
  const hashes = Array.from(inline, ([, text = '']) => createHash('sha256').update(text).digest('base64'))
  return [...new Set(hashes)].map((hash) => ` 'sha256-${hash}'`).join('')
}
