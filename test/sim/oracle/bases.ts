import type { PolicyValue, TransferType } from '@sluice/core/plan';
import type { Model, Thing } from './model.js';

/** What is remembered of two things that are one, as of their last run. */
export interface Base {
  source: Memory;
  destination: Memory;
  /** Path at the destination. */
  at: string;
  /** The content that both had. */
  text: string;
  /** Whether the last run wrote it down anew, with what stands at the destination then. */
  isNew: boolean;
}

export type Memory = Pick<Thing, 'id' | 'kind' | 'parent' | 'name' | 'version'>;

export interface Rules {
  type: Exclude<TransferType, 'SCAN'>;
  conflict: PolicyValue<'conflict'>;
  existing: PolicyValue<'existing'>;
  deletions: PolicyValue<'deletions'>;
  /** Names that a filter leaves out, at any depth. */
  leavesOut: readonly string[];
}

/** What a copy has to leave behind. */
export interface Expected {
  source: Model;
  destination: Model;
  /** The pairs that the next run begins with. */
  bases: Base[];
  /** Two things want one place: the tables do not say which of them gets it. */
  isContested: boolean;
}

/** What became of a thing since: nothing, a new version of the same content, or another content. */
export type State = 'same' | 'touched' | 'changed';

export function stateOf(thing: Thing, then: Memory, text: string): State {
  if (thing.kind === 'FOLDER' || (thing.version !== null && thing.version === then.version)) return 'same';
  return thing.text === text ? 'touched' : 'changed';
}

export const memoryOf = ({ id, kind, parent, name, version }: Memory): Memory => ({ id, kind, parent, name, version });

/** As shown, see `Model.shown`. */
export const copyName = (name: string): string => {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)} (conflict)${name.slice(dot)}` : `${name} (conflict)`;
};
