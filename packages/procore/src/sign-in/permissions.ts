import { flagOf, objectOf, recordOf, rowsOf, textOf } from '../api/json.js';
import type { Json } from '../api/json.js';

/** `ABSENT`: the tools are told and Documents is not among them. `UNKNOWN`: nothing is told. */
export type DocumentsLevel = 'NONE' | 'READ_ONLY' | 'STANDARD' | 'ADMIN' | 'ABSENT' | 'UNKNOWN';

/** The level of the account in the Documents tool. */
export function documentsLevel(reply: unknown): DocumentsLevel {
  const tools = (rowsOf(objectOf(reply)?.['tools']) ?? []).map(recordOf).filter((tool) => tool !== null);
  if (tools.length === 0) return 'UNKNOWN';
  const tool = tools.find(isDocuments);
  if (!tool) return 'ABSENT';
  const level = textOf(recordOf(tool['user_access_level'])?.['name'])?.toLowerCase() ?? '';
  if (level === 'none' || flagOf(tool['available_for_user']) === false) return 'NONE';
  if (level.startsWith('read')) return 'READ_ONLY';
  if (level === 'standard') return 'STANDARD';
  return level === 'admin' ? 'ADMIN' : 'UNKNOWN';
}

function isDocuments(tool: Json): boolean {
  return [tool['name'], tool['friendly_name']].some((name) => /^(project[ _])?documents?$/i.test(textOf(name) ?? ''));
}
