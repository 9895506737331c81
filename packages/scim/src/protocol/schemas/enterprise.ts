import type { Schema } from './attribute.ts'
import { complex, define } from './define.ts'

/** The enterprise extension of User (RFC 7643 §4.3). */
export const ENTERPRISE_SCHEMA: Schema = {
  id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  name: 'EnterpriseUser',
  description: 'What an identity provider says about a person as an employee.',
  attributes: [
    define('employeeNumber', 'string', 'The number or code that the organization gave the person.'),
    define('costCenter', 'string', 'The name of a cost center.'),
    define('organization', 'string', 'The name of an organization.'),
    define('division', 'string', 'The name of a division.'),
    define('department', 'string', 'The name of a department.'),
    complex('manager', "The person's manager.", [
      define('value', 'string', "The id of the manager's User resource.", { caseExact: true }),
      define('$ref', 'reference', "The URI of the manager's User resource.", { referenceTypes: ['User'] }),
      define('displayName', 'string', 'The name of the manager.'),
    ]),
  ],
}
