import type { Side } from '../plan/index.js';
import { writesSource } from '../decide/index.js';
import { identityOf, type Item } from '../platform/index.js';
import { callTo, type ActiveContext } from './context.js';
import { hashOf } from './hashed-content.js';
import { readingOfSource } from './source-errors.js';
import { paced } from './throttle.js';

/** SHA-256 in hex of a listed file of either side: as its listing tells it, else read. */
export async function listedHash(side: Side, item: Item, context: ActiveContext): Promise<string> {
  if (item.sha256 !== null) return item.sha256;
  const { from, to } = context.words;
  const name = `${side === 'SOURCE' ? from : to} ${identityOf(item)} ${item.version ?? ''}`;
  const known = item.version === null ? undefined : context.read.get(name);
  const hash = known ?? (await read(side, item, context));
  if (item.version !== null && writesSource(context.table)) context.read.set(name, hash);
  return hash;
}

function read(side: Side, item: Item, context: ActiveContext): Promise<string> {
  const call = callTo(side, context, context.control.signal);
  const bytes =
    side === 'SOURCE'
      ? readingOfSource(context.formers.open(item, call))
      : context.destination.source!.open(item, call);
  return hashOf(paced(context, bytes, call.signal));
}
