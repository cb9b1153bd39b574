import type { FastifyInstance } from 'fastify';
import { invalid, notFound } from '../errors.js';
import { readFields } from '../forms.js';
import type { World } from '../model/world.js';
import { bodyObject } from './attributes.js';
import { projectCall, visibleItem } from './call.js';
import { paged } from './paging.js';
import { pathId, Query } from './query.js';

/** Tags of documents. */
export function tagRoutes(app: FastifyInstance, world: World): void {
  const base = '/rest/v1.0/projects/:projectId/document_custom_tags';

  app.get(base, async (request, reply) => {
    const call = projectCall(world, request);
    const documentId = new Query(request).id('filters[document_id]');
    const onDocument = documentId === undefined ? null : visibleItem(call, documentId).tagIds;
    const rows = [...call.project.tags.values()].filter((tag) => onDocument === null || onDocument.has(tag.id));
    return paged(world, request, reply, rows, { perPage: 100, cap: 2000 });
  });

  app.post(base, async (request, reply) => {
    const fields = await readFields(request);
    const call = projectCall(world, request, 'standard');
    const { name } = bodyObject(fields, 'document_custom_tag');
    if (typeof name !== 'string' || name.trim() === '') throw invalid('name', "can't be blank");
    call.viewer.requireAnnotate();
    const item = visibleItem(call, Number(fields['document_id']));
    const known = [...call.project.tags.values()].find((tag) => tag.name === name);
    const { repeatedTag, touchOnDetails } = world.options.behaviour;
    if (known && item.tagIds.has(known.id) && repeatedTag === 'refused')
      throw invalid('name', 'has already been taken');
    const tag = known ?? { id: world.nextId(), name };
    call.project.tags.set(tag.id, tag);
    item.tagIds.add(tag.id);
    if (touchOnDetails === 'fields-and-tags') item.updatedAt = world.now();
    call.project.revision += 1;
    return reply.code(200).send(tag);
  });

  app.delete(`${base}/:id`, async (request, reply) => {
    const call = projectCall(world, request, 'standard');
    call.viewer.requireAnnotate();
    const item = visibleItem(call, new Query(request).requiredId('document_id'));
    if (!item.tagIds.delete(pathId(request, 'id'))) throw notFound();
    call.project.revision += 1;
    return reply.code(200).send();
  });
}
