import { PlatformError } from '@sluice/core/platform';
import { countOf, recordOf, rowsOf } from './json.js';
import type { Json } from './json.js';
import type { Query, Reply } from './sender.js';

const MOST_PAGES = 200;

/** All rows of a list by their keys; reads until the platform's count is reached, or a page brings nothing new. Null: no row of use. */
export async function allRows<T>(
  fetchPage: (paging: Query) => Promise<Reply>,
  perPage: number,
  read: (row: Json) => { key: string; value: T } | null,
): Promise<T[]> {
  const found = new Map<string, T>();
  for (let page = 1, seen = 0; page <= MOST_PAGES; page += 1) {
    const { json, headers } = await fetchPage({ page, per_page: perPage });
    const rows = rowsOf(json);
    if (!rows) throw new PlatformError('PLATFORM_ERROR', 'Procore answered with something else than a list.');
    const before = found.size;
    for (const row of rows) {
      const record = recordOf(row);
      const one = record && read(record);
      if (one) found.set(one.key, one.value);
    }
    seen += rows.length;
    const total = countOf(headers.get('total'));
    const isShort = rows.length < (countOf(headers.get('per-page')) || perPage);
    if (found.size === before || (total === null ? isShort : seen >= total)) break;
  }
  return [...found.values()];
}
