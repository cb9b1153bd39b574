import { textParam } from '../../routing/search.js';

/** What narrows the steps of a plan, as it stands in the address. */
export interface Asked {
  action?: string;
  /** Any part of either path. */
  path?: string;
  destructive?: true;
}

export const askedOf = (search: Record<string, unknown>): Asked => ({
  action: textParam(search.action),
  path: textParam(search.path),
  destructive: search.destructive === true ? true : undefined,
});
