import type { FastifyReply, FastifyRequest } from 'fastify';
import { badRequest, Refusal } from '../errors.js';
import type { World } from '../model/world.js';
import { Query } from './query.js';

export interface PageRules {
  perPage: number;
  cap: number;
}

/** The rows of the page that is asked for; sets `Total`, `Per-Page` and `Link`. */
export function paged<Row>(
  world: World,
  request: FastifyRequest,
  reply: FastifyReply,
  rows: readonly Row[],
  rules: PageRules,
): Row[] {
  const { perPage, page } = readPage(world, request, rules);
  if (world.options.behaviour.pagingHeaders) {
    void reply.header('total', String(rows.length)).header('per-page', String(perPage));
    const link = linkHeader(`${world.urls.apiUrl}${request.url}`, page, Math.ceil(rows.length / perPage));
    if (link !== '') void reply.header('link', link);
  }
  return rows.slice((page - 1) * perPage, page * perPage);
}

function readPage(world: World, request: FastifyRequest, rules: PageRules): { perPage: number; page: number } {
  const query = new Query(request);
  const asked = positive(query.text('per_page')) ?? rules.perPage;
  const { overCap, timeoutAbovePerPage } = world.options.behaviour;
  if (timeoutAbovePerPage !== null && asked > timeoutAbovePerPage)
    throw new Refusal(408, { errors: 'Request Timeout' });
  if (asked > rules.cap && overCap === '400') throw badRequest(`per_page must be at most ${rules.cap}`);
  return { perPage: Math.min(asked, rules.cap), page: positive(query.text('page')) ?? 1 };
}

function positive(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

/** The header `Link`: page 1 has next and last, page 2 also first, later pages also prev; empty when one page holds all. */
export function linkHeader(url: string, page: number, last: number): string {
  if (last <= 1) return '';
  const rels: [string, number, boolean][] = [
    ['first', 1, page >= 2],
    ['prev', page - 1, page >= 3],
    ['next', page + 1, page < last],
    ['last', last, true],
  ];
  const shown = rels.filter(([, , present]) => present);
  return shown.map(([rel, target]) => `<${withPage(url, target)}>; rel="${rel}"`).join(', ');
}

function withPage(url: string, page: number): string {
  const address = new URL(url);
  address.searchParams.set('page', String(page));
  return address.href;
}
