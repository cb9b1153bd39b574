import { uuidv7 } from 'uuidv7';

/** A new identifier, sortable by time: `con_0199…`. Outside this server it is opaque. */
export function newId(prefix: string): string {
  return `${prefix}_${uuidv7().replaceAll('-', '')}`;
}

/** The prefix of an identifier, which tells the type; empty when the text is no identifier of this server. */
export function prefixOf(id: string): string {
  return /^([a-z]+)_/.exec(id)?.[1] ?? '';
}
