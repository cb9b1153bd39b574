import { uuidv7 } from 'uuidv7';

/** A new identifier, sortable by time: `con_0199…`. Outside this server it is opaque. */
export function newId(prefix: string): string {
  return `${prefix}_${uuidv7().replaceAll('-', '')}`;
}

/** The part that tells the type; empty for what this server never made. */
export function prefixOf(id: string): string {
  return /^([a-z]+)_/.exec(id)?.[1] ?? '';
}
