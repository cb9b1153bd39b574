import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalid, Refusal } from '../errors.js';
import { readForm, type Fields, type FormFile } from '../forms.js';
import { acceptName, requireFree, uniqueName } from '../model/names.js';
import {
  addFile,
  addVersion,
  recycle,
  relocate,
  requireOrdinary,
  requireWritable,
  type NewVersion,
} from '../model/tree.js';
import type { FileItem, Version } from '../model/types.js';
import type { World } from '../model/world.js';
import { bodyObject, isLeftInBin, readAttributes, touch, isTrue } from './attributes.js';
import { parentFolder, projectCall, visibleFile, type ProjectCall } from './call.js';
import { readContent } from './content.js';
import { pathId, Query } from './query.js';
import { fileJson, versionJson } from './shapes.js';

/** Files and versions of the Documents tool, v1. */
export function fileRoutes(app: FastifyInstance, world: World): void {
  app.get('/rest/v1.0/files/:id', async (request) => {
    const call = projectCall(world, request);
    const latestOnly = new Query(request).flag('show_latest_version_only');
    return fileJson({ world, ...call }, visibleFile(call, pathId(request, 'id')), latestOnly);
  });

  app.post('/rest/v1.0/files', async (request, reply) => {
    const created = await withForm(world, request, 'file', (body, files) => create(world, request, body, files));
    return reply.code(201).send(created);
  });

  app.patch('/rest/v1.0/files/:id', async (request) =>
    withForm(world, request, 'file', (body, files) => update(world, request, body, files)),
  );

  app.delete('/rest/v1.0/files/:id', async (request, reply) => {
    const call = projectCall(world, request);
    const file = visibleFile(call, pathId(request, 'id'));
    requireOrdinary(file);
    call.viewer.requireDelete(file);
    requireCheckedIn(world, call, file);
    recycle(world, call.project, file);
    return reply.code(200).send();
  });

  app.post('/rest/v1.0/file_versions', async (request, reply) => {
    const made = await withForm(world, request, 'file_version', (body, files) => append(world, request, body, files));
    return reply.code(201).send(made);
  });

  app.get('/rest/v1.0/file_versions/:id', async (request) => {
    const call = projectCall(world, request);
    const id = pathId(request, 'id');
    for (const item of call.project.items.values()) {
      const version = item.kind === 'file' ? item.versions.find((each) => each.id === id) : undefined;
      if (version) return versionJson({ world, ...call }, visibleFile(call, item.id), version);
    }
    throw new Refusal(404, { errors: 'Not found' });
  });
}

type Work = (body: Fields, files: readonly FormFile[]) => unknown;

/** Reads the body, then works in one step; bytes of a refused call do not stay. */
async function withForm(world: World, request: FastifyRequest, key: string, work: Work): Promise<unknown> {
  const form = await readForm(request, world.blobs);
  try {
    const body = form.fields[key] === undefined && form.files.length > 0 ? {} : bodyObject(form.fields, key);
    return work(body, form.files);
  } catch (error) {
    await world.blobs.remove(form.files.map(({ part }) => part));
    throw error;
  }
}

function create(world: World, request: FastifyRequest, body: Fields, files: readonly FormFile[]): unknown {
  const rules = world.options.names;
  const call = projectCall(world, request, 'standard');
  const parent = parentFolder(call, body['parent_id']);
  requireWritable(parent);
  const content = readContent(world, call, body, files);
  if (!content) throw invalid('upload_uuid', "can't be blank");
  const wanted = acceptName(rules, body['name'] ?? content.filename);
  const name = isTrue(body['unique_name']) ? uniqueName(rules, parent, 'file', wanted) : wanted;
  requireFree(rules, parent, 'file', name);
  const write = readAttributes(world, call.project.companyId, body);
  const newItem = { parent, name, userId: call.user.id };
  const file = addFile(world, call.project, newItem, content.take(name, null));
  write(file, true);
  return fileJson({ world, ...call }, file);
}

function update(world: World, request: FastifyRequest, body: Fields, files: readonly FormFile[]): unknown {
  const call = projectCall(world, request, 'standard');
  const file = visibleFile(call, pathId(request, 'id'));
  requireOrdinary(file);
  if (isLeftInBin(world, file, body)) return fileJson({ world, ...call }, file);
  if (body['parent_id'] !== undefined) call.viewer.requireMove();
  if (body['description'] !== undefined) call.viewer.requireAnnotate();
  const content = readContent(world, call, body, files);
  const checkOut = readCheckOut(world, call, file, body['checked_out_until']);
  if (content || checkOut || world.options.behaviour.checkOutBlocksEdits) requireCheckedIn(world, call, file);
  const write = readAttributes(world, call.project.companyId, body);
  relocate(world, call.project, file, {
    name: body['name'] === undefined ? undefined : acceptName(world.options.names, body['name']),
    parent: body['parent_id'] === undefined ? undefined : parentFolder(call, body['parent_id']),
  });
  write(file, false);
  if (content) attach(world, call, file, content.take(file.name, null));
  if (checkOut) Object.assign(file, checkOut);
  touch(world, call.project, file, body);
  return fileJson({ world, ...call }, file);
}

function append(world: World, request: FastifyRequest, body: Fields, files: readonly FormFile[]): unknown {
  const call = projectCall(world, request, 'standard');
  const query = new Query(request);
  const file = visibleFile(call, query.id('file_id') ?? Number(body['file_id']));
  requireOrdinary(file);
  requireCheckedIn(world, call, file);
  const content = readContent(world, call, body, files);
  if (!content) throw invalid('upload_uuid', "can't be blank");
  const filename = body['name'] === undefined ? file.name : acceptName(world.options.names, body['name']);
  const notes = typeof body['notes'] === 'string' ? body['notes'] : null;
  const version = attach(world, call, file, content.take(filename, notes));
  return versionJson({ world, ...call }, file, version);
}

/** Adds a version; by the person who checked the file out it also checks it in. */
function attach(world: World, call: ProjectCall, file: FileItem, made: NewVersion): Version {
  const isHolder = file.checkedOutBy === call.user.id;
  if (isHolder && !world.options.behaviour.uploadKeepsCheckOut) Object.assign(file, checkedIn);
  return addVersion(world, call.project, file, made, call.user.id);
}

const checkedIn = { checkedOutUntil: null, checkedOutBy: null };

const isOut = (world: World, file: FileItem): boolean =>
  file.checkedOutBy !== null && (file.checkedOutUntil ?? 0) > world.now();

/** A new check-out, or its end; undefined when the body says nothing about it. */
function readCheckOut(world: World, call: ProjectCall, file: FileItem, sent: unknown) {
  if (sent === undefined) return undefined;
  if (sent === null || sent === 'null' || sent === '') return checkedIn;
  const until = typeof sent === 'string' ? Date.parse(sent) : Number.NaN;
  if (Number.isNaN(until)) throw invalid('checked_out_until', 'is invalid');
  return { checkedOutUntil: until, checkedOutBy: isOut(world, file) ? file.checkedOutBy : call.user.id };
}

/** Refuses with 409 while someone else holds the file. */
function requireCheckedIn(world: World, call: ProjectCall, file: FileItem): void {
  if (!isOut(world, file) || file.checkedOutBy === call.user.id) return;
  if (call.viewer.isAdmin && world.options.behaviour.adminsPassCheckOut) return;
  const { tracked_folder: _left, ...shown } = fileJson({ world, ...call }, file);
  const holder = world.user(file.checkedOutBy ?? 0).name;
  throw new Refusal(409, {
    errors: { base: [`The file is checked out by ${holder}`] },
    error_type: 'FileIsCheckedOut',
    file: shown,
  });
}
