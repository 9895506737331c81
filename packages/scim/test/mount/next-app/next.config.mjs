import { fileURLToPath } from 'node:url'

export default {
  // Some providers end paths with a slash, and do not follow redirects.
  skipTrailingSlashRedirect: true,
  distDir: process.env.DIST_FOLDER,
  turbopack: { root: fileURLToPath(new URL('../../../../..', import.meta.url)) },
}
