import type { Call } from '@sluice/core/platform';
import type { Document } from '../api/adapter.js';
import type { Query } from '../api/sender.js';
import { pause } from '../api/waits.js';
import type { Project } from './project.js';

/** Files this new may lack their version for a moment. */
const NEW_FOR_MS = 2 * 60_000;
/** Time after which files without version are looked at again. */
const VERSION_LAG_MS = 1500;
/** So many new files are shown one by one; more are listed again. */
const FILES_SHOWN_SINGLY = 10;
/** The clocks of Procore and of this machine differ by no more. */
const CHANGE_TIME_TOLERANCE_MS = 60 * 60_000;

/** The rows of the flat index that are files; `folderId` null is the whole project. */
export function fileRows(project: Project, more: Query, folderId: string | null, call: Call) {
  const filters = { 'filters[document_type]': 'file', ...(folderId && { 'filters[folder_id]': folderId }), ...more };
  return project.folders.listing.read(filters, call);
}

/** Whether the rows are files that tell no version although they are old enough to have one. */
export function lackVersions(rows: readonly (Document | null)[], now: number): boolean {
  const files = rows.filter((row) => row?.kind === 'FILE');
  return files.every((file) => file && lacksVersion(file)) && files.some((file) => file && !isNew(file, now));
}

/** Whether the version of a new file is still to come. */
export function isLate(file: Document, now: number): boolean {
  return lacksVersion(file) && isNew(file, now);
}

/** Reads files again whose version is still to come, after a moment. */
export async function readVersionsAgain(
  project: Project,
  files: readonly Document[],
  call: Call,
): Promise<Map<string, Document>> {
  await pause(project.session.waits, VERSION_LAG_MS, call.signal);
  return files.length <= FILES_SHOWN_SINGLY ? shownAgain(project, files, call) : listedAgain(project, files, call);
}

async function shownAgain(
  project: Project,
  unfinished: readonly Document[],
  call: Call,
): Promise<Map<string, Document>> {
  const files = new Map<string, Document>();
  for (const { id } of unfinished) {
    const file = await project.finder.fileOf(id, call);
    if (file) files.set(id, file);
  }
  return files;
}

/** Only what changed since the oldest of them, which is a page or two. */
async function listedAgain(
  project: Project,
  unfinished: readonly Document[],
  call: Call,
): Promise<Map<string, Document>> {
  const ids = new Set(unfinished.map((file) => file.id));
  const since = Math.min(...unfinished.map(changeTimeOf)) - NEW_FOR_MS;
  const files = new Map<string, Document>();
  for await (const rows of fileRows(project, changedSince(project, since), null, call)) {
    for (const row of rows) if (row && ids.has(row.id)) files.set(row.id, row);
  }
  return files;
}

/** The filter for what changed since a time, epoch milliseconds. */
export function changedSince({ session }: Project, since: number): Query {
  const until = session.waits.clock.now() + CHANGE_TIME_TOLERANCE_MS;
  return { 'filters[updated_at]': `${new Date(since).toISOString()}...${new Date(until).toISOString()}` };
}

function isNew(file: Document, now: number): boolean {
  return changeTimeOf(file) > now - NEW_FOR_MS;
}

function changeTimeOf(file: Document): number {
  return Math.max(file.createdAt?.getTime() ?? 0, file.updatedAt?.getTime() ?? 0);
}

export function lacksVersion(file: Document): boolean {
  return file.version === null || file.size === null;
}
