import { badRequest } from '../errors.js';
import type { Item } from '../model/types.js';
import type { World } from '../model/world.js';

type Compare = (left: Item, right: Item) => number;

const by =
  <Key extends string | number>(key: (item: Item) => Key): Compare =>
  (left, right) => {
    const [a, b] = [key(left), key(right)];
    return a < b ? -1 : a > b ? 1 : 0;
  };

const name = by((item) => item.name.toLowerCase());
const createdAt = by((item) => item.createdAt);
const updatedAt = by((item) => item.updatedAt);
/** Folders come before files. */
const documentType = by((item) => (item.kind === 'folder' ? 0 : 1));
const createdBy = by((item) => item.createdBy);
const id = by((item) => item.id);

const orders: Readonly<Record<string, readonly Compare[]>> = {
  updated_at: [updatedAt],
  created_at: [createdAt],
  created_by: [createdBy],
  name: [name],
  document_type: [documentType],
  document_type_then_name: [documentType, name],
  document_type_then_created_at: [documentType, createdAt],
  document_type_then_updated_at: [documentType, updatedAt],
};

/**
 * The items in the order that a comma list of sort values asks for. Ids decide ties, or chance where ties are shuffled.
 * Refuses unknown values with 400.
 */
export function sorted(world: World, items: readonly Item[], sort: string | undefined): Item[] {
  const steps = readSteps(sort);
  const { shuffleTies } = world.options.behaviour;
  const places = new Map(shuffleTies ? items.map((item) => [item, world.random()]) : []);
  const tie = shuffleTies ? by((item) => places.get(item) ?? 0) : id;
  return items.toSorted(inTurn([...steps, tie]));
}

function readSteps(sort: string | undefined): Compare[] {
  return (sort?.split(',') ?? []).flatMap((value): readonly Compare[] => {
    const known = orders[value.replace(/^-/, '')];
    if (!known) throw badRequest({ sort: ['is invalid'] });
    return value.startsWith('-') ? known.map(backwards) : known;
  });
}

const backwards =
  (compare: Compare): Compare =>
  (left, right) =>
    compare(right, left);

/** Compares by the first step that tells two items apart. */
const inTurn =
  (steps: readonly Compare[]): Compare =>
  (left, right) => {
    for (const compare of steps) {
      const order = compare(left, right);
      if (order !== 0) return order;
    }
    return 0;
  };
