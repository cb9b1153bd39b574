import { badRequest, Refusal } from '../errors.js';
import type { Fields } from '../forms.js';
import type { Item, Project } from '../model/types.js';
import type { World } from '../model/world.js';
import { applyCustomFields, readCustomFields } from './custom-fields.js';

/** The object under `key` of a body; refuses with 400 when it is missing. */
export function bodyObject(fields: Fields, key: string): Fields {
  const value = fields[key];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest(`param is missing or the value is empty: ${key}`);
  }
  return value as Fields;
}

export const isTrue = (value: unknown): boolean => value === true || value === 'true';

/** Checks what a body says about privacy, tracking, description and custom fields; the result writes it. */
export function readAttributes(world: World, companyId: number, body: Fields): (item: Item, isNew: boolean) => void {
  const customFields = readCustomFields(world, companyId, body);
  const isPrivate = body['explicit_permissions'];
  const { is_tracked: isTracked, description } = body;
  return (item, isNew) => {
    if (isPrivate !== undefined) item.isPrivate = isTrue(isPrivate) || (isNew && item.isPrivate);
    if (isTracked !== undefined) item.isTracked = isTrue(isTracked);
    if (item.kind === 'file' && description !== undefined) item.description = descriptionText(description);
    applyCustomFields(item, customFields);
  };
}

const descriptionText = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Whether a PATCH would restore an item of the recycle bin and the service does not do so; refuses it with 404 where it does that. */
export function isLeftInBin(world: World, item: Item, body: Fields): boolean {
  const { binRestore } = world.options.behaviour;
  if (!item.isDeleted || body['parent_id'] === undefined || binRestore === 'restored') return false;
  if (binRestore === 'refused') throw new Refusal(404, { errors: 'Not found' });
  return true;
}

/** Sets `updated_at` after a PATCH; one that only moves the item sets it where `touchOnMove` says so. */
export function touch(world: World, project: Project, item: Item, body: Fields): void {
  const { touchOnMove, touchOnDetails } = world.options.behaviour;
  const isOnly = (test: (key: string) => boolean) => Object.keys(body).every(test);
  const isLeft =
    (!touchOnMove && isOnly((key) => key === 'parent_id')) ||
    (touchOnDetails === 'none' && isOnly((key) => key.startsWith('custom_field_')));
  if (!isLeft) item.updatedAt = world.now();
  project.revision += 1;
}
