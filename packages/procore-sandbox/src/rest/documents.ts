import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { timestamp } from '../ids.js';
import { childrenOf, subtree } from '../model/tree.js';
import { gone, notFound } from '../errors.js';
import type { FolderItem, Item } from '../model/types.js';
import type { World } from '../model/world.js';
import { projectCall, visibleFile, visibleFolder, type ProjectCall } from './call.js';
import { documentFilter, Listings } from './listing.js';
import { sorted } from './order.js';
import { paged } from './paging.js';
import { pathId, Query } from './query.js';
import {
  documentJson,
  extendedDocumentJson,
  fileType,
  personJson,
  privateFolderAbove,
  toV2,
  type ShapeContext,
} from './shapes.js';
import { fileLink } from '../storage/links.js';

const v2Pages = { perPage: 10, cap: 100 };

/** The flat list in both versions, the folder lists of v2, and revisions. */
export function documentRoutes(app: FastifyInstance, world: World): void {
  const listings = new Listings(world);
  const rows = (request: FastifyRequest, call: ProjectCall) =>
    listings.documents(call.project, call.viewer, new Query(request));

  app.get('/rest/v1.0/projects/:projectId/documents', async (request, reply) => {
    const { documentsV1, documentsPerPageDefault: perPage, documentsPerPageCap: cap } = world.options.behaviour;
    if (documentsV1 !== 'served') throw endedVersion(documentsV1);
    const call = projectCall(world, request);
    return paged(world, request, reply, rows(request, call), { perPage, cap }).map(rowShape(world, call, request));
  });

  for (const base of ['/rest/v2.0/projects/:projectId', '/rest/v2.0/companies/:companyId/projects/:projectId']) {
    app.get(`${base}/documents`, async (request, reply) => {
      const call = projectCall(world, request);
      const shown = paged(world, request, reply, rows(request, call), v2Pages);
      return { data: toV2(shown.map(rowShape(world, call, request))) };
    });
    app.get(`${base}/documents/:id/revisions`, async (request) => ({ data: toV2(revisions(world, request)) }));
  }

  const folders = '/rest/v2.0/companies/:companyId/projects/:projectId/folders';
  app.get(folders, async (request, reply) => {
    const call = projectCall(world, request);
    return levelList(world, request, reply, call, visibleFolder(call, call.project.rootId));
  });
  app.get(`${folders}/:id`, async (request, reply) => {
    const call = projectCall(world, request);
    return levelList(world, request, reply, call, visibleFolder(call, pathId(request, 'id')));
  });
}

const endedVersion = (status: '404' | '410') =>
  status === '404' ? notFound() : gone('This version has endedVersion. Use v2.0.');

function rowShape(world: World, call: ProjectCall, request: FastifyRequest): (item: Item) => unknown {
  const context: ShapeContext = { world, project: call.project, viewer: call.viewer };
  const shape = new Query(request).text('view') === 'extended' ? extendedDocumentJson : documentJson;
  return (item) => shape(context, item);
}

/** One level, or with `include_descendants` and a filter the whole subtree. */
function levelList(world: World, request: FastifyRequest, reply: FastifyReply, call: ProjectCall, folder: FolderItem) {
  const query = new Query(request);
  const context: ShapeContext = { world, project: call.project, viewer: call.viewer };
  const rows = levelItems(call, query, folder)
    .filter(documentFilter(query))
    .filter(
      (item) => call.viewer.sees(item) && !query.flag(item.kind === 'file' ? 'exclude_files' : 'exclude_folders'),
    );
  const compact = query.text('view') === 'sync_compact';
  const inOrder = sorted(world, rows, query.text('sort'));
  const shown = paged(world, request, reply, inOrder, v2Pages).map((item) => {
    const { private_parent: _unreturned, ...row } = extendedDocumentJson(context, item);
    return compact ? row : { ...row, has_private_ancestor: privateFolderAbove(call.project, item) !== null };
  });
  return { data: toV2(shown) };
}

function levelItems({ project }: ProjectCall, query: Query, folder: FolderItem): Item[] {
  if (!query.flag('include_descendants') || !query.has('filters[')) return childrenOf(project, folder);
  const below = subtree(project, folder).slice(1);
  return query.has('filters[is_in_recycle_bin]') ? below : below.filter((item) => !item.isDeleted);
}

function revisions(world: World, request: FastifyRequest) {
  const call = projectCall(world, request);
  const file = visibleFile(call, pathId(request, 'id'));
  const newest = file.versions.slice(-20).reverse();
  return newest.map((version) => ({
    id: version.id,
    prostore_id: version.prostoreId,
    url: fileLink(world, call.project, version),
    file_id: file.id,
    file_name: version.filename,
    file_size: version.size,
    file_version: version.number,
    file_type: fileType(version.filename),
    created_by: personJson(world.user(version.createdBy)),
    created_at: timestamp(version.createdAt),
  }));
}
