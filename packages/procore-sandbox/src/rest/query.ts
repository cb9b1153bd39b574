import type { FastifyRequest } from 'fastify';
import { invalid } from '../errors.js';

/** The query of a call, read by name. */
export class Query {
  private readonly values: Readonly<Record<string, string | string[] | undefined>>;

  constructor(request: FastifyRequest) {
    this.values = request.query as Record<string, string | string[] | undefined>;
  }

  /** The value, or the last of several; undefined when absent or empty. */
  text(name: string): string | undefined {
    const value = this.values[name];
    const last = Array.isArray(value) ? value.at(-1) : value;
    return last === '' ? undefined : last;
  }

  /** All values of `name` and `name[]`, split at commas. */
  list(name: string): string[] {
    const values = [this.values[name], this.values[`${name}[]`]].flat();
    return values.flatMap((value) => (value ? value.split(',') : []));
  }

  flag(name: string): boolean {
    return this.text(name) === 'true';
  }

  /** True, false, or undefined when not given. */
  choice(name: string): boolean | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : value === 'true';
  }

  /** An id that must be there; refuses with 400. */
  requiredId(name: string): number {
    const id = this.id(name);
    if (id === undefined) throw invalid(name, 'required');
    return id;
  }

  id(name: string): number | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : Number(value);
  }

  has(prefix: string): boolean {
    return Object.keys(this.values).some((name) => name.startsWith(prefix));
  }

  /** The filters and the order, as one text that is equal for equal listings. */
  listingKey(): string {
    const kept = Object.entries(this.values).filter(([name]) => !['page', 'per_page', 'view'].includes(name));
    return JSON.stringify(kept.sort(([left], [right]) => (left < right ? -1 : 1)));
  }
}

/** A numeric path parameter; NaN, which no record has, for anything else. */
export const pathId = (request: FastifyRequest, name: string): number =>
  Number((request.params as Record<string, string>)[name]);
