import type { FieldsByType } from '@sluice/client/graphql';

/** Fields in which the server says something in its own words. What people write, names and paths are none of them. */
export const TOLD = {
  CapabilitySupport: ['note'],
  ComparisonRow: ['label', 'sourceValue', 'destinationValue', 'effect'],
  ConnectionCheck: ['message', 'remedy'],
  ConnectionHealth: ['message'],
  CsvRowError: ['message'],
  DirectoryEntry: ['label'],
  FormField: ['label', 'help'],
  FormOption: ['label', 'unavailable'],
  InputError: ['message'],
  InvalidStateError: ['message'],
  Issue: ['message'],
  ItemRuleSet: ['name', 'description'],
  Job: ['stopReason'],
  MappingPreviewRow: ['problem'],
  Platform: ['displayName'],
  PlanListing: ['reason'],
  PlanStep: ['message'],
  PlatformLimits: ['whitespaceRule'],
  RateBudget: ['clientLabel'],
  RemotePlatformError: ['message'],
  RunEvent: ['message'],
  RunItem: ['message', 'remedy'],
  ScanBucket: ['label'],
  VersionConflictError: ['message'],
  WorkerStatus: ['message'],
} as const satisfies FieldsByType;

/** Entries of a directory are also people, groups and tags by the names that they have; a field of a platform has a name in code. */
const isNameOfPeople = ({ __typename, key, label }: Record<string, unknown>) =>
  __typename === 'DirectoryEntry' && (key === label || !/^[a-z]+$/i.test(String(key)));

/** Where an answer says something. */
export interface ToldPlace {
  holder: Record<string, unknown>;
  field: string;
  text: string;
}

const FIELDS: ReadonlyMap<unknown, readonly string[]> = new Map(Object.entries(TOLD));

/** Everything that the server says in an answer to a request, or in an event: in its data, and in its errors. */
export function toldIn({ data, errors }: { data?: unknown; errors?: unknown }): ToldPlace[] {
  const places: ToldPlace[] = [];
  const add = (holder: Record<string, unknown>, field: string) => {
    const text = holder[field];
    if (typeof text === 'string' && text !== '' && !isNameOfPeople(holder)) places.push({ holder, field, text });
  };
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const holder = value as Record<string, unknown>;
    for (const field of FIELDS.get(holder.__typename) ?? []) add(holder, field);
    for (const inner of Object.values(holder)) look(inner);
  };
  look(data);
  if (Array.isArray(errors)) for (const error of errors) add(error as Record<string, unknown>, 'message');
  return places;
}
