import type { FastifyRequest } from 'fastify';
import { expect, it } from 'vitest';
import { resolveOptions } from '../defaults.js';
import { accessOf, Viewer } from '../model/rights.js';
import { addFolder, relocate } from '../model/tree.js';
import type { FolderItem } from '../model/types.js';
import { itemOf, newState, World } from '../model/world.js';
import { seeded } from '../seed-data.js';
import { BlobStore } from '../storage/blobs.js';
import { Listings } from './listing.js';
import { Query } from './query.js';

const query = (values: Record<string, string>) => new Query({ query: values } as unknown as FastifyRequest);

function openListings() {
  const options = resolveOptions();
  const world = new World(options, new BlobStore(null, 0), newState(options));
  const project = world.project(seeded.projectId);
  const client = world.state.clients.get(seeded.clientId);
  const user = world.user(seeded.adminId);
  const access = client && accessOf(project, user, client);
  if (!access) throw new Error('the seeded admin has no access');
  const viewer = new Viewer(project, user, access, world.options.behaviour);
  const listings = new Listings(world);
  const list = (values: Record<string, string>) => listings.documents(project, viewer, query(values));
  const parent = itemOf(project, project.rootId) as FolderItem;
  const add = (name: string) => addFolder(world, project, { parent, name, userId: user.id });
  return { world, project, list, add };
}

it('prepares a listing once for all of its pages, until something changes', () => {
  const { world, project, list, add } = openListings();
  const first = list({ sort: 'name', page: '1', per_page: '2' });
  expect(list({ page: '2', sort: 'name', view: 'extended' })).toBe(first);
  expect(list({ sort: '-name' })).not.toBe(first);
  const folder = add('new');
  const second = list({ sort: 'name' });
  expect(second).toHaveLength(first.length + 1);
  relocate(world, project, folder, { name: 'Aft' });
  expect(list({ sort: 'name' })[0]?.name).toBe('Aft');
});

it('forgets the listings that were not asked for lately', () => {
  const { list } = openListings();
  const first = list({ 'filters[search]': 'x' });
  for (let other = 0; other < 16; other += 1) list({ 'filters[search]': String(other) });
  expect(list({ 'filters[search]': 'x' })).not.toBe(first);
});
