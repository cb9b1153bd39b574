import { registerEnumType } from 'type-graphql';
import { RUN_STATES, SEVERITIES, TASK_STATES } from '@sluice/core/job';
import { CAPABILITIES, ITEM_KINDS, LIMIT_KINDS, PLATFORM_KINDS, SUPPORT_LEVELS } from '@sluice/core/platform';
import { PROBLEM_CODES } from '../problems.js';
import { ROLES, SCOPES } from './scopes.js';

type Enum<V extends string> = { readonly [K in V]: K };

/** An enumeration of the schema whose values are their own names; descriptions come from the contract. */
export function enumType<const V extends string>(name: string, values: readonly V[]): Enum<V> {
  const type = Object.fromEntries(values.map((value) => [value, value])) as Enum<V>;
  registerEnumType(type, { name });
  return type;
}

export const UserErrorCode = enumType('UserErrorCode', PROBLEM_CODES);
export const ScopeType = enumType('Scope', SCOPES);
export const RoleType = enumType('Role', ROLES);
export const PlatformCapability = enumType('PlatformCapability', CAPABILITIES);
export const PlatformLimit = enumType('PlatformLimit', LIMIT_KINDS);
export const SupportLevel = enumType('SupportLevel', SUPPORT_LEVELS);
export const PlatformKey = enumType('PlatformKey', PLATFORM_KINDS);
export const ItemKindType = enumType('ItemKind', ITEM_KINDS);
export const RunStateEnum = enumType('RunState', RUN_STATES);
export const TaskState = enumType('TaskState', TASK_STATES);
export const Severity = enumType('Severity', SEVERITIES);
