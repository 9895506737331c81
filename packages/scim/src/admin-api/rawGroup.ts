import type { QueryParameters } from '../protocol/messages.ts'
import { projectionOf } from '../scim-api/projections.ts'
