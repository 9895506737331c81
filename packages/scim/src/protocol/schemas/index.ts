export { ENTERPRISE_SCHEMA } from './enterprise.ts'
export { GROUP_SCHEMA } from './group.ts'
export { GROUP, USER } from './resourceTypes.ts'
export { USER_SCHEMA } from './user.ts'
