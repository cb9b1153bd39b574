import type { ChangeWord } from '@sluice/core/platform';
import { idOf, parseJson, recordOf, textOf } from '../api/json.js';
import type { Json } from '../api/json.js';
import type { HookVersion } from './hook-requests.js';

/** What a feed keeps of its hook. */
export interface FeedNote {
  version: HookVersion;
  hookId: string;
  companyId: string;
  projectId: string;
  /** Of the account that made the hook; null where Procore does not tell. */
  userId: string | null;
  /** Whether the account is the app's alone, so that all it does is done through the app. */
  isServiceAccount: boolean;
}

/** Null for a text that is no note. */
export function readNote(text: string | null): FeedNote | null {
  const json = text === null ? null : recordOf(parseJson(text));
  const hookId = idOf(json?.['hookId']);
  const companyId = idOf(json?.['companyId']);
  const projectId = idOf(json?.['projectId']);
  if (json === null || hookId === null || companyId === null || projectId === null) return null;
  return {
    hookId,
    companyId,
    projectId,
    version: json['version'] === 'v1.0' ? 'v1.0' : 'v2.0',
    userId: idOf(json['userId']),
    isServiceAccount: json['isServiceAccount'] === true,
  };
}

const LONGEST_ID = 100;
const RESOURCES = new Set(['Project Files', 'Project Folders', 'Project File Versions', 'File Versions']);

/**
 * Word of a change of the project's documents; null for anything else. Payloads of the generations 2.0 to 4.0 are understood;
 * 4.0 does not tell through which app something was done, so nothing of it counts as the account's own unless the account is an app's.
 */
export function readChange(body: unknown, note: string): ChangeWord | null {
  const word = recordOf(body);
  const feed = readNote(note);
  if (word === null || feed === null) return null;
  const id = textOf(word['ulid']) ?? idOf(word['id']);
  const resource = textOf(word['resource_name']) ?? textOf(word['resource_type']);
  if (id === null || id.length > LONGEST_ID || resource === null || !RESOURCES.has(resource)) return null;
  if (idOf(word['project_id']) !== feed.projectId) return null;
  return { id, isOwn: isOwn(word, feed) };
}

/** A person also works in the web app with the account that is signed in here: only what came through an app is an echo. */
function isOwn(word: Json, { userId, isServiceAccount }: FeedNote): boolean {
  const metadata = recordOf(word['metadata']);
  const by = idOf(word['user_id']) ?? idOf(metadata?.['source_user_id']);
  if (userId === null || by !== userId) return false;
  return isServiceAccount || idOf(metadata?.['source_application_id']) !== null;
}
