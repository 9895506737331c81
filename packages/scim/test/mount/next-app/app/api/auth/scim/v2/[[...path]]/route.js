import { createScim } from '@optimaite/scim'
import { routeHandlers } from '@optimaite/scim/next'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = routeHandlers(() =>
  createScim({ database: process.env.DATABASE_URL, publicUrl: 'https://app.optimaite.example' }),
)
