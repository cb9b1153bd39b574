import { expectationOf, parentKey, type Expectation, type Step } from '@sluice/core/plan';
import type { Database } from '../../../db/database.js';
import { withoutEnd } from '../../../db/short-list.js';
import { decodeStep, encode } from '../encoding.js';
import { packItem, unpackItem, type PackedItem } from './step-item-text.js';
import { itemKeyOf, packKey, sourceKeyOf, unpackKey } from '../step-keys.js';
import type { StoredStep } from './step-row.js';

/** Columns that hold a part of the step, and never change. */
export type StepColumns = Pick<
  StoredStep,
  | 'action'
  | 'side'
  | 'kind'
  | 'itemKey'
  | 'planReason'
  | 'planMessage'
  | 'byteCount'
  | 'callCount'
  | 'isDestructive'
  | 'isRevised'
>;

/** What a step is made of, beside what is held of it while it is carried out. */
export function textColumns({ tables: { steps } }: Database) {
  const { planReason, planMessage, isDestructive, step } = steps;
  return { planReason, planMessage, isDestructive, step };
}

const IN_COLUMNS: ReadonlySet<string> = new Set([
  ...[
    'action',
    'side',
    'kind',
    'sourceKey',
    'reason',
    'message',
    'byteCount',
    'callCount',
    'isDestructive',
    'isRevised',
  ],
  ...['type', 'destinationKey', 'source', 'existing', 'expects'],
]);

type PackedStep = [
  /** See `TYPE_CODES`. */
  type: number,
  destinationKey?: string | null,
  source?: PackedItem | null,
  existing?: PackedItem | null,
  expects?: typeof AS_LISTED | Expectation | null,
  /** What the step says besides, unless it is what steps of its type say usually. */
  rest?: object | null,
];

/** Rows name a type by its number, which it keeps. */
const TYPE_CODES: Readonly<Record<Step['type'], number>> = {
  MAKE_FOLDER: 0,
  TRANSFER: 1,
  MOVE: 2,
  REMOVE: 3,
  DESCRIBE: 4,
  INERT: 5,
  RESTORE: 6,
};
const TYPES = new Map(Object.entries(TYPE_CODES).map(([type, code]) => [code, type as Step['type']]));
/** Stands for what follows from the existing item. */
const AS_LISTED = 1;
/** In a text that Postgres does not hold as it is. */
const ODD = /[\0\p{Surrogate}]/u;

const DECIDED = { remedy: null, ledgerId: null };
const USUAL: Readonly<Record<Step['type'], Readonly<Record<string, unknown>>>> = {
  MAKE_FOLDER: DECIDED,
  TRANSFER: { ...DECIDED, renameExistingTo: null, knownSha256: null },
  MOVE: DECIDED,
  REMOVE: DECIDED,
  RESTORE: DECIDED,
  DESCRIBE: { ...DECIDED, knownSha256: null },
  INERT: { ...DECIDED, knownSha256: null, isNote: false },
};
const IS_PLACED: ReadonlySet<Step['type']> = new Set(['MAKE_FOLDER', 'TRANSFER', 'MOVE', 'RESTORE']);

/** The step as a JSON text without what its columns hold; as a whole where they cannot hold it. */
export function packStep(step: Step): string {
  const itemKey = itemKeyOf(step);
  if (ODD.test(itemKey) || ODD.test(step.message)) return packWholeStep(step);
  const { type, kind, destinationKey, source, existing } = step;
  const packed: PackedStep = [
    TYPE_CODES[type],
    packKey(itemKey, destinationKey),
    source && packItem(source, { itemKey, kind }),
    existing && packItem(existing, { itemKey, kind }),
    packExpectation(step),
    restOf(step),
  ];
  return JSON.stringify(withoutEnd(packed));
}

/** For a step that may differ from its columns. */
export const packWholeStep = (step: Step): string => encode(step);

function packExpectation({ expects, existing }: Step): PackedStep[4] {
  if (expects === null || existing === null) return expects;
  const listed = expectationOf(existing);
  return listed.id === expects.id && listed.version === expects.version ? AS_LISTED : expects;
}

/** Without lists of what the step has: there are as many steps as items, and hardly any says more than usual. */
function restOf(step: Step): object | null {
  const [usual, place] = [USUAL[step.type], placeOf(step.type, step.destinationKey)];
  let rest: Record<string, unknown> | null = null;
  for (const name in step) {
    if (IN_COLUMNS.has(name)) continue;
    const value: unknown = step[name as keyof Step];
    const expected = place !== null && isOfPlace(name) ? place[name] : usual[name];
    if (value !== expected) (rest ??= {})[name] = value;
  }
  return rest;
}

interface StepPlace {
  parentKey: string;
  name: string;
}

const isOfPlace = (name: string): name is keyof StepPlace => name === 'parentKey' || name === 'name';

/** What a step that brings something to its key says of the place; null for one that does not. */
function placeOf(type: Step['type'], destinationKey: string | null): StepPlace | null {
  if (destinationKey === null || !IS_PLACED.has(type)) return null;
  const folder = parentKey(destinationKey) ?? '';
  return { parentKey: folder, name: folder === '' ? destinationKey : destinationKey.slice(folder.length + 1) };
}

/** The step of a row. Former releases wrote each as a whole. */
export function unpackStep(row: StepColumns & Pick<StoredStep, 'step'>): Step {
  if (!row.step.startsWith('[')) return decodeStep(row.step);
  const [code, keyText = null, from, there, expectation = null, rest] = JSON.parse(row.step) as PackedStep;
  const { action, side, kind, itemKey, planReason, planMessage } = row;
  const { byteCount, callCount, isDestructive, isRevised } = row;
  const type = TYPES.get(code)!;
  const destinationKey = unpackKey(itemKey, keyText);
  const existing = there ? unpackItem(there, row) : null;
  // Added to one object in turn: spread into a literal they would cost more than all else here, of each step.
  const step: object = Object.assign(
    {
      type,
      action,
      side,
      kind,
      sourceKey: sourceKeyOf(itemKey),
      destinationKey,
      reason: planReason,
      message: planMessage,
      byteCount,
      callCount,
      isDestructive,
      isRevised,
      source: from ? unpackItem(from, row) : null,
      existing,
      expects: expectation === AS_LISTED ? existing && expectationOf(existing) : expectation,
    },
    USUAL[type],
    placeOf(type, destinationKey),
  );
  return (rest ? Object.assign(step, rest) : step) as Step;
}
