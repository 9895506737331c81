export { ScimError } from './base/errors.ts'
