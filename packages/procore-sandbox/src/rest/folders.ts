import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readFields } from '../forms.js';
import { acceptName, requireFree } from '../model/names.js';
import { addFolder, recycle, relocate, requireOrdinary, requireWritable } from '../model/tree.js';
import type { World } from '../model/world.js';
import { bodyObject, isLeftInBin, readAttributes, touch } from './attributes.js';
import { parentFolder, projectCall, visibleFolder, type ProjectCall } from './call.js';
import { pathId, Query } from './query.js';
import { folderJson } from './shapes.js';

/** Folders of the Documents tool, v1. */
export function folderRoutes(app: FastifyInstance, world: World): void {
  const show = (request: FastifyRequest, call: ProjectCall, id: number) => {
    const query = new Query(request);
    return folderJson({ world, ...call }, visibleFolder(call, id), {
      excludeFolders: query.flag('exclude_folders'),
      excludeFiles: query.flag('exclude_files'),
      latestOnly: query.flag('show_latest_file_version_only') || query.flag('show_latest_version_only'),
    });
  };

  app.get('/rest/v1.0/folders', async (request) => {
    const call = projectCall(world, request);
    return show(request, call, call.project.rootId);
  });

  app.get('/rest/v1.0/folders/:id', async (request) =>
    show(request, projectCall(world, request), pathId(request, 'id')),
  );

  app.post('/rest/v1.0/folders', async (request, reply) => {
    const body = bodyObject(await readFields(request), 'folder');
    const call = projectCall(world, request, 'standard');
    const parent = parentFolder(call, body['parent_id']);
    requireWritable(parent);
    const name = acceptName(world.options.names, body['name']);
    requireFree(world.options.names, parent, 'folder', name);
    const write = readAttributes(world, call.project.companyId, body);
    const folder = addFolder(world, call.project, { parent, name, userId: call.user.id });
    write(folder, true);
    return reply.code(201).send(folderJson({ world, ...call }, folder, null));
  });

  app.patch('/rest/v1.0/folders/:id', async (request) => {
    const body = bodyObject(await readFields(request), 'folder');
    const call = projectCall(world, request, 'standard');
    const folder = visibleFolder(call, pathId(request, 'id'));
    requireOrdinary(folder);
    if (isLeftInBin(world, folder, body)) return show(request, call, folder.id);
    if (body['parent_id'] !== undefined) call.viewer.requireMove();
    const write = readAttributes(world, call.project.companyId, body);
    relocate(world, call.project, folder, {
      name: body['name'] === undefined ? undefined : acceptName(world.options.names, body['name']),
      parent: body['parent_id'] === undefined ? undefined : parentFolder(call, body['parent_id']),
    });
    write(folder, false);
    touch(world, call.project, folder, body);
    return show(request, call, folder.id);
  });

  app.delete('/rest/v1.0/folders/:id', async (request, reply) => {
    const call = projectCall(world, request);
    const folder = visibleFolder(call, pathId(request, 'id'));
    requireOrdinary(folder);
    call.viewer.requireDelete(folder);
    recycle(world, call.project, folder);
    return reply.code(200).send();
  });
}
