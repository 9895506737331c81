import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where `npm run docs:build` puts the site; the same from src/docs and from dist/docs. */
export const SITE_FOLDER = fileURLToPath(new URL('../../dist-docs', import.meta.url))

/** A file of the site, as it is served. */
export interface SiteFile {
  readonly type: string
  readonly body: Buffer
  readonly etag: string
  /** Whether its name changes with its content, so that it may be kept for ever. */
  readonly immutable: boolean
  /** The Content-Security-Policy of a page. */
  readonly policy: string | undefined
}

/** A site that was built. Only names that were found in its folder can be asked for: paths are looked up, never joined. */
export interface Site {
  /** The file of a name such as `reference/errors.html`. */
  file(name: string): SiteFile | undefined
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** Opens the site in a folder; nothing where none was built. */
export function openSite(folder: string): Site | undefined {
  if (!statSync(join(folder, 'index.html'), { throwIfNoEntry: false })?.isFile()) return undefined
  const names = new Set(namesIn(folder))
  const read = new Map<string, SiteFile>()
  return {
    file(name) {
      if (!names.has(name)) return undefined
      const known = read.get(name)
      if (known) return known
      const file = toFile(name, readFileSync(join(folder, name)))
      read.set(name, file)
      return file
    },
  }
}

function namesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && Object.hasOwn(TYPES, extname(entry.name)))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length)
        .replace(/^[\\/]+/, '')
        .replaceAll('\\', '/'),
    )
}

function toFile(name: string, body: Buffer): SiteFile {
  const type = TYPES[extname(name)] ?? 'application/octet-stream'
  return {
    type,
    body,
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    immutable: name.startsWith('assets/'),
    policy: name.endsWith('.html') ? policyOf(body.toString()) : undefined,
  }
}

/** Scripts from here and those that stand in the page, by their hash; nothing from anywhere else. */
function policyOf(html: string): string {
  const inline = html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)
  const hashes = Array.from(inline, ([, script = '']) => createHash('sha256').update(script).digest('base64'))
  const scripts = [...new Set(hashes)].map((hash) => ` 'sha256-${hash}'`).join('')
  return [
    "default-src 'self'",
    `script-src 'self'${scripts}`,
    // The colours of code samples are style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
