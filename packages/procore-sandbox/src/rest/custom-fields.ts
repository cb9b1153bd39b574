import type { FastifyInstance } from 'fastify';
import { accessTokenInvalid, forbidden, invalid, notFound } from '../errors.js';
import type { FieldDefinition, Item } from '../model/types.js';
import type { World } from '../model/world.js';
import { authenticate, projectCall, requireCompany } from './call.js';
import { paged } from './paging.js';
import { pathId, Query } from './query.js';

export function customFieldsJson(world: World, item: Item): Record<string, unknown> {
  const set = Array.from(item.customFields, ([id, value]): [string, unknown] => {
    const field = world.state.fields.get(id);
    return [`custom_field_${id}`, field && { data_type: field.dataType, value: shownValue(field, value) }];
  });
  return Object.fromEntries(set);
}

export function customFieldsByLabel(world: World, item: Item): Record<string, unknown> {
  const shown = Array.from(item.customFields, ([id, value]): [string, unknown] => {
    const field = world.state.fields.get(id);
    return [field?.label ?? String(id), field && shownValue(field, value)];
  });
  return Object.fromEntries(shown);
}

function shownValue(field: FieldDefinition, value: unknown): unknown {
  if (field.dataType === 'lov_entry') return field.entries.find((entry) => entry.id === value);
  if (field.dataType === 'lov_entries') return field.entries.filter((entry) => (value as number[]).includes(entry.id));
  return value;
}

/** The custom fields that a body sets, checked: definition id → stored value, null to clear. */
export function readCustomFields(
  world: World,
  companyId: number,
  body: Readonly<Record<string, unknown>>,
): Map<number, unknown> {
  const values = new Map<number, unknown>();
  for (const [name, value] of Object.entries(body)) {
    const field = world.state.fields.get(Number(/^custom_field_(\d+)$/.exec(name)?.[1]));
    if (field?.companyId === companyId) values.set(field.id, storedValue(field, name, value));
  }
  return values;
}

function storedValue(field: FieldDefinition, name: string, value: unknown): unknown {
  const stored = value === null || value === '' ? null : parseValue(field, value);
  if (stored === undefined) throw invalid(name, 'is invalid');
  return stored;
}

/** Undefined for a value that does not fit the type; forms send everything as text. */
function parseValue(field: FieldDefinition, value: unknown): unknown {
  const isEntry = (id: number) => field.entries.some((entry) => entry.id === id);
  switch (field.dataType) {
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'decimal':
      return Number.isFinite(Number(value)) ? Number(value) : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : { true: true, false: false }[String(value)];
    case 'datetime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : undefined;
    case 'lov_entry':
      return isEntry(Number(value)) ? Number(value) : undefined;
    case 'lov_entries': {
      const ids = Array.isArray(value) ? value.map(Number) : [];
      return ids.length > 0 && ids.every(isEntry) ? ids : undefined;
    }
  }
}

export function applyCustomFields(item: Item, values: ReadonlyMap<number, unknown>): void {
  for (const [id, value] of values) {
    if (value === null) item.customFields.delete(id);
    else item.customFields.set(id, value);
  }
}

/** Definitions, list values and metadata of custom fields. */
export function customFieldRoutes(app: FastifyInstance, world: World): void {
  const requireServed = () => {
    const { fieldDefinitions } = world.options.behaviour;
    if (fieldDefinitions === '401') throw accessTokenInvalid();
    if (fieldDefinitions === '403') throw forbidden('You do not have permission to see custom fields');
  };
  app.get('/rest/v1.1/companies/:companyId/custom_field_definitions', async (request, reply) => {
    const { user } = authenticate(world, request);
    const company = requireCompany(world, user, pathId(request, 'companyId'));
    requireServed();
    const rows = fieldsOf(world, company.id).map((field) => ({
      id: field.id,
      label: field.label,
      active: true,
      data_type: field.dataType,
      variant: null,
      description: field.description,
      default_value: null,
    }));
    return paged(world, request, reply, rows, { perPage: 100, cap: 100 });
  });

  app.get('/rest/v1.0/custom_field_definitions/:id/custom_field_lov_entries', async (request) => {
    const { user } = authenticate(world, request);
    const company = requireCompany(world, user, new Query(request).requiredId('company_id'));
    requireServed();
    const field = world.state.fields.get(pathId(request, 'id'));
    if (field?.companyId !== company.id) throw notFound();
    return entriesJson(field);
  });

  app.get('/rest/v1.0/custom_field_metadata', async (request) => {
    const query = new Query(request);
    const companyId = query.id('project_id')
      ? projectCall(world, request).project.companyId
      : requireCompany(world, authenticate(world, request).user, query.requiredId('company_id')).id;
    requireServed();
    if (world.options.behaviour.fieldDefinitions === 'without-metadata') throw notFound();
    const withEntries = query.text('view') === 'with_lov_entries';
    return fieldsOf(world, companyId).map((field, index) => ({
      id: field.id + 500_000,
      custom_field_definition_id: field.id,
      label: field.label,
      required: false,
      visible: true,
      position: index + 1,
      data_type: field.dataType,
      ...(withEntries ? { lov_entries: entriesJson(field) } : {}),
    }));
  });
}

const fieldsOf = (world: World, companyId: number): FieldDefinition[] =>
  [...world.state.fields.values()].filter((field) => field.companyId === companyId);

const entriesJson = (field: FieldDefinition) =>
  field.entries.map((entry, index) => ({ ...entry, position: index + 1, active: true }));
