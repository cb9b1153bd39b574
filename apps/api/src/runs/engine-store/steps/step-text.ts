import { expectationOf, parentKey, type Expectation, type Step } from '@sluice/core/plan';
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

function restOf(step: Step): object | null {
  const usual = usualOf(step.type, step.destinationKey);
  const rest = Object.entries(step).filter(([name, value]) => !IN_COLUMNS.has(name) && value !== usual[name]);
  return rest.length === 0 ? null : Object.fromEntries(rest);
}

function usualOf(type: Step['type'], destinationKey: string | null): Readonly<Record<string, unknown>> {
  if (destinationKey === null || !IS_PLACED.has(type)) return USUAL[type];
  const folder = parentKey(destinationKey) ?? '';
  const name = folder === '' ? destinationKey : destinationKey.slice(folder.length + 1);
  return { ...USUAL[type], parentKey: folder, name };
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
    usualOf(type, destinationKey),
  );
  return Object.assign(step, rest) as Step;
}
