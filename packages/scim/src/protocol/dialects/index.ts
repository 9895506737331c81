import { addWithMemberFilter } from './add-with-member-filter.ts'
import { arrayForSingleValue } from './array-for-single-value.ts'
import { attributeNameCase } from './attribute-name-case.ts'
import { dottedKeys } from './dotted-keys.ts'
import { emptyStringAsAbsent } from './empty-string-as-absent.ts'
import { legacySchemaUrn } from './legacy-schema-urn.ts'
import { missingOperationName } from './missing-operation-name.ts'
import { nullReferenceInMember } from './null-reference-in-member.ts'
import { numberForString } from './number-for-string.ts'
import { objectForArray } from './object-for-array.ts'
import { operationKeyCase } from './operation-key-case.ts'
import { operationNameCase } from './operation-name-case.ts'
import { operationsKeyCase } from './operations-key-case.ts'
import { pathWithLeadingSlash } from './path-with-leading-slash.ts'
import { percentEncodedPath } from './percent-encoded-path.ts'
import { removeWithNullValue } from './remove-with-null-value.ts'
import { removeWithValueArray } from './remove-with-value-array.ts'
import type { DialectFacts } from './rule.ts'
import { scim11PatchBody } from './scim-1.1-patch-body.ts'
import { stringBooleans } from './string-booleans.ts'
import { stringForComplexValue } from './string-for-complex-value.ts'
import { stringMember } from './string-member.ts'
import { topLevelId } from './top-level-id.ts'
import { urnPrefixedKeys } from './urn-prefixed-keys.ts'
import { valuePathCreatesValue } from './value-path-creates-value.ts'
import { wholeResourceAsValue } from './whole-resource-as-value.ts'

/** Every dialect rule, in the order in which a body meets them: body, operation, path, keys, values, members. */
export const DIALECT_RULES: readonly DialectFacts[] = [
  operationsKeyCase,
  scim11PatchBody,
  topLevelId,
  operationKeyCase,
  operationNameCase,
  missingOperationName,
  percentEncodedPath,
  pathWithLeadingSlash,
  legacySchemaUrn,
  urnPrefixedKeys,
  dottedKeys,
  attributeNameCase,
  wholeResourceAsValue,
  removeWithNullValue,
  removeWithValueArray,
  addWithMemberFilter,
  valuePathCreatesValue,
  objectForArray,
  arrayForSingleValue,
  emptyStringAsAbsent,
  stringBooleans,
  numberForString,
  stringForComplexValue,
  stringMember,
  nullReferenceInMember,
]
