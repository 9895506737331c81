/** What of {@link Scim} is mounted. */
interface Mounted {
  fetch(request: Request): Promise<Response>
}

type RouteHandler = (request: Request) => Promise<Response>

/**
 * The exports of a Next.js route, such as `app/api/auth/scim/v2/[[...path]]/route.ts`:
 *
 *     export const { GET, HEAD, POST, PUT, PATCH, DELETE } = routeHandlers(() => createScim({ … }))
 *
 * `open` is called with the first request, as Next.js loads routes while it builds too, and again after it has failed.
 */
export function routeHandlers(
  open: () => Promise<Mounted>,
): Record<'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', RouteHandler> {
  let opening: Promise<Mounted> | undefined
  const handle: RouteHandler = async (request) => {
    opening ??= open()
    try {
      return (await opening).fetch(request)
    } catch (error) {
      opening = undefined
      throw error
    }
  }
  return { GET: handle, HEAD: handle, POST: handle, PUT: handle, PATCH: handle, DELETE: handle }
}
