import { flagOf, objectOf, recordOf, rowsOf, textOf } from '../api/json.js';
import type { Json } from '../api/json.js';

/** `ABSENT`: the tools are told and Documents is not among them. `UNKNOWN`: nothing is told. */
export const LEVELS = ['NONE', 'READ_ONLY', 'STANDARD', 'ADMIN', 'ABSENT', 'UNKNOWN'] as const;
export type DocumentsLevel = (typeof LEVELS)[number];

/** What the account may do in the Documents tool of the project. */
export interface DocumentRights {
  level: DocumentsLevel;
  /** Names of actions that are granted beside the level, in lower case. */
  actions: readonly string[];
  /** Null: not told. */
  canCreate: boolean | null;
}

export type DocumentWork = 'READ' | 'CREATE' | 'UPDATE' | 'DELETE' | 'MOVE' | 'DESCRIBE' | 'SEE_PRIVATE';

/** Granted actions that allow a work to an account without the level for it. */
const GRANTED_BY: Readonly<Partial<Record<DocumentWork, RegExp>>> = {
  DELETE: /destroy|delete/,
  MOVE: /move/,
  SEE_PRIVATE: /private/,
};

/** Reads the tools of the account, as `settings/permissions` tells them. */
export function readRights(reply: unknown): DocumentRights {
  const tools = (rowsOf(objectOf(reply)?.['tools']) ?? []).map(recordOf).filter((tool) => tool !== null);
  const tool = tools.find(isDocuments);
  if (!tool) return { level: tools.length === 0 ? 'UNKNOWN' : 'ABSENT', actions: [], canCreate: null };
  const actions = (rowsOf(tool['permitted_actions']) ?? []).map(actionName).filter((name) => name !== null);
  return { level: levelOf(tool), actions, canCreate: flagOf(tool['can_create']) };
}

/** Whether the account may do that; null: it is not told, so only a try can show. */
export function mayDo(rights: DocumentRights, work: DocumentWork): boolean | null {
  const { level, actions, canCreate } = rights;
  if (level === 'UNKNOWN') return null;
  if (level === 'NONE' || level === 'ABSENT') return false;
  if (level === 'ADMIN' || work === 'READ') return true;
  const granted = GRANTED_BY[work];
  if (granted && actions.some((action) => granted.test(action))) return true;
  if (work === 'CREATE' || work === 'UPDATE') return canCreate ?? level === 'STANDARD';
  return false;
}

function levelOf(tool: Json): DocumentsLevel {
  const level = textOf(recordOf(tool['user_access_level'])?.['name'])?.toLowerCase() ?? '';
  if (level === 'none' || flagOf(tool['available_for_user']) === false) return 'NONE';
  if (level.startsWith('read')) return 'READ_ONLY';
  if (level === 'standard') return 'STANDARD';
  return level === 'admin' ? 'ADMIN' : 'UNKNOWN';
}

/** Actions come as objects with a name, or as names. */
function actionName(action: unknown): string | null {
  const json = recordOf(action);
  const name = textOf(action) ?? textOf(json?.['action_name']) ?? textOf(json?.['name']) ?? textOf(json?.['label']);
  return name?.toLowerCase() ?? null;
}

function isDocuments(tool: Json): boolean {
  return [tool['name'], tool['friendly_name']].some((name) => /^(project[ _])?documents?$/i.test(textOf(name) ?? ''));
}
