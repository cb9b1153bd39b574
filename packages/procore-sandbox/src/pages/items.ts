import type { FastifyInstance } from 'fastify';
import type { SandboxControl, TreeEntry } from '../control.js';
import { badRequest } from '../errors.js';
import { seeded } from '../seed-data.js';

/** What a person does to the documents of a project. Paths are names joined by `/`, below the root. */
export type ItemChange =
  /** A new file, or a new version of one that is there; folders on the way are made. */
  | { write: string; content: string }
  /** Another name or folder; folders on the way are made. */
  | { move: string; to: string }
  /** Into the recycle bin. */
  | { remove: string };

const MAX_CHANGES = 1000;
const FORMS = '{ "write": path, "content": text }, { "move": path, "to": path } or { "remove": path }';

/** Documents of a project, to see and to change as its people would; `?project=` chooses another than the first one. */
export function itemRoutes(app: FastifyInstance, control: SandboxControl): void {
  app.get('/sandbox/items', async ({ query }) => told(() => liveItems(control, projectOf(query))));

  app.post('/sandbox/items', async ({ query, body }) => {
    const project = projectOf(query);
    for (const [index, change] of readChanges(body).entries()) {
      await told(() => carryOut(control, change, project), `change ${index + 1}: `);
    }
    return told(() => liveItems(control, project));
  });
}

const projectOf = (query: unknown): number => Number((query as { project?: string }).project ?? seeded.projectId);

async function liveItems(control: SandboxControl, project: number): Promise<Partial<TreeEntry>[]> {
  const items = await control.tree(project);
  return items
    .filter(({ isDeleted }) => !isDeleted)
    .map(({ path, kind, size, sha256, versions }) => ({ path, kind, size, sha256, versions }));
}

function readChanges(body: unknown): ItemChange[] {
  if (Array.isArray(body) && body.length <= MAX_CHANGES && body.every(isChange)) return body;
  throw badRequest(`The body must be a JSON list of at most ${MAX_CHANGES} changes, each ${FORMS}`);
}

function isChange(change: unknown): change is ItemChange {
  if (typeof change !== 'object' || change === null) return false;
  const form = Object.keys(change).sort().join(' ');
  const isKnown = ['content write', 'move to', 'remove'].includes(form);
  return isKnown && Object.values(change).every((value) => typeof value === 'string' && value !== '');
}

async function carryOut(control: SandboxControl, change: ItemChange, project: number): Promise<void> {
  if ('write' in change) await control.seed(project, [{ path: change.write, content: change.content }]);
  else if ('move' in change) control.moveItem(change.move, change.to, project);
  else control.deleteItem(change.remove, project);
}

/** What is thrown becomes a 400 with its sentence. */
async function told<Result>(work: () => Promise<Result>, place = ''): Promise<Result> {
  return work().catch((error: unknown) => {
    throw badRequest(`${place}${error instanceof Error ? error.message : String(error)}`);
  });
}
