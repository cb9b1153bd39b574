import { PlatformError } from '@sluice/core/platform';
import { countOf, recordOf, rowsOf } from './json.js';
import type { Json } from './json.js';
import type { Query, Reply } from './sender.js';

const MOST_PAGES = 200;

/**
 * All rows of a list by their keys; reads until the platform's count is reached, or a page brings what is known. `read` gives null
 * for a row of no use; a page of such rows hides none that come after it.
 */
export async function allRows<T>(
  fetchPage: (paging: Query) => Promise<Reply>,
  perPage: number,
  read: (row: Json) => { key: string; value: T } | null,
): Promise<T[]> {
  const found = new Map<string, T>();
  let former = '';
  for (let page = 1, seen = 0; page <= MOST_PAGES; page += 1) {
    const { json, headers } = await fetchPage({ page, per_page: perPage });
    const rows = rowsOf(json);
    if (!rows) throw new PlatformError('PLATFORM_ERROR', 'Procore answered with something else than a list.');
    const before = found.size;
    const ofUse = rows.flatMap((row) => {
      const record = recordOf(row);
      return (record && read(record)) ?? [];
    });
    for (const { key, value } of ofUse) found.set(key, value);
    const text = JSON.stringify(rows);
    const isKnown = text === former || (ofUse.length > 0 && found.size === before);
    former = text;
    seen += rows.length;
    const total = countOf(headers.get('total'));
    const isShort = rows.length < (countOf(headers.get('per-page')) || perPage);
    if (isKnown || rows.length === 0 || (total === null ? isShort : seen >= total)) break;
  }
  return [...found.values()];
}
