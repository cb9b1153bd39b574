import { registerEnumType } from 'type-graphql';
import { CAPABILITIES } from '@sluice/core/platform';
import { PROBLEM_CODES } from '../problems.js';
import { SCOPES } from './scopes.js';

type Enum<V extends string> = { readonly [K in V]: K };

/** An enumeration of the schema whose values are their own names; descriptions come from the contract. */
export function enumType<const V extends string>(name: string, values: readonly V[]): Enum<V> {
  const type = Object.fromEntries(values.map((value) => [value, value])) as Enum<V>;
  registerEnumType(type, { name });
  return type;
}

export const UserErrorCode = enumType('UserErrorCode', PROBLEM_CODES);
export const ScopeType = enumType('Scope', SCOPES);
export const RoleType = enumType('Role', ['ADMINISTRATOR', 'OPERATOR', 'VIEWER']);
export const PlatformCapability = enumType('PlatformCapability', CAPABILITIES);
export const SupportLevel = enumType('SupportLevel', ['FULL', 'LIMITED', 'EMULATED', 'NONE']);
export const PlatformKey = enumType('PlatformKey', ['NETWORK_FILE_SHARE', 'OBJECT_STORAGE', 'PROCORE']);
export const ItemKindType = enumType('ItemKind', ['FILE', 'FOLDER']);
export const TaskState = enumType('TaskState', ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED']);
export const Severity = enumType('Severity', ['ERROR', 'WARNING', 'INFO']);
