import type { AdminLibrary } from './surface.ts'

/** Below the public URL: where the admin API is. */
export const ADMIN_PATH = '/api/admin/v1'

const SCIM_PATH = /\/api\/auth\/scim\/v2$/

/** What people reach the service by, without a slash at its end. */
export function publicUrlOf({ baseUrl }: Pick<AdminLibrary, 'baseUrl'>): string {
  return baseUrl.replace(SCIM_PATH, '')
}

/** The admin API as browsers ask for it. */
export function adminUrlOf(library: Pick<AdminLibrary, 'baseUrl'>): URL {
  return new URL(publicUrlOf(library) + ADMIN_PATH)
}
