import type { IncomingMessage, ServerResponse } from 'node:http'
import { preferredLanguage } from '@optimaite/scim/admin'
import { openSite, SITE_FOLDER, type Site, type SiteFile } from './site.ts'

/** Where the documentation is served. */
export const DOCS_PATH = '/docs'

const NOT_BUILT = 'The documentation is not built here. Run "npm run docs:build" in the repository, and reload.\n'

/** Whether a path is one of the documentation's. */
export function isDocs(path: string): boolean {
  return path === DOCS_PATH || path.startsWith(`${DOCS_PATH}/`)
}

/** Answers GET and HEAD below {@link DOCS_PATH} from a site that was built. */
export function docsAnswer(folder: string = SITE_FOLDER) {
  let site: Site | undefined
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // Looked for anew while there is none, so that a build shows without a restart.
    site ??= openSite(folder)
    response.setHeader('X-Content-Type-Options', 'nosniff')
    if (!site) return send(response, 404, 'text/plain; charset=utf-8', Buffer.from(NOT_BUILT))
    const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s)
    const name = path.slice(DOCS_PATH.length + 1)
    if (path === DOCS_PATH) return redirect(response, `${DOCS_PATH}/`)
    if (name === 'scim' && !new URLSearchParams(query).has('lang')) {
      response.setHeader('Vary', 'Accept-Language')
      const language = preferredLanguage(request.headers['accept-language'])
      if (language !== 'en') return redirect(response, `${DOCS_PATH}/${language}/scim`)
    }
    const file = find(site, name)
    if (file) return sendFile(request, response, file)
    if (name.endsWith('/') && find(site, name.slice(0, -1))) return redirect(response, path.slice(0, -1))
    if (find(site, `${name}/`)) return redirect(response, `${path}/`)
    const missing = site.file('404.html')
    if (missing?.policy) response.setHeader('Content-Security-Policy', missing.policy)
    send(response, 404, missing?.type ?? 'text/plain; charset=utf-8', missing?.body ?? Buffer.from('Not found\n'))
  }
}

/** A page's address has no `.html`. */
function find(site: Site, name: string): SiteFile | undefined {
  if (name === '' || name.endsWith('/')) return site.file(`${name}index.html`)
  return site.file(name) ?? site.file(`${name}.html`)
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: SiteFile): void {
  response.setHeader('ETag', file.etag)
  response.setHeader('Cache-Control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
  if (file.policy) {
    response.setHeader('Content-Security-Policy', file.policy)
    response.setHeader('Referrer-Policy', 'same-origin')
  }
  if (isKnown(request.headers['if-none-match'], file.etag)) {
    response.writeHead(304).end()
    return
  }
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.body.byteLength })
  response.end(file.body)
}

/** RFC 9110 §13.1.2: weak comparison. */
export function isKnown(header: string | undefined, etag: string): boolean {
  const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes(etag) || tags.includes('*')
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { Location: location, 'Cache-Control': 'no-cache', 'Content-Length': 0 }).end()
}

function send(response: ServerResponse, status: number, type: string, body: Buffer): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': body.byteLength,
    'Cache-Control': 'no-store',
  })
  response.end(body)
}
