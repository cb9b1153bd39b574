import type { Clock, Fetch } from '@sluice/core/http';
import type { Platform } from '@sluice/core/platform';
import { createProcorePlatform } from './platform.js';
import { MemoryTokens, quickClock, testBudget } from './test-bench.js';
import type { NoteStore, ProcoreOptions, ProcoreSettings } from './types.js';

export interface PeerFile {
  id: number;
  second: number;
}

/** How a peer's flat index answers; what is absent is as it is documented. */
export interface PeerBehaviour {
  /** `TIES`: rows of one second come in another order each time; `ALL`: all rows do. */
  shuffle?: 'TIES' | 'ALL';
  bounds?: 'INCLUSIVE' | 'EXCLUSIVE';
  ignoresCreatedAt?: boolean;
  cap?: number;
  /** Rows that are counted and never shown. */
  hidden?: number;
  /** Answers in place of the index: by path, and by how many calls to the index came before. */
  instead?: (url: URL, nth: number) => Response | Promise<Response> | null;
  beforeCall?: (files: PeerFile[], nth: number) => void;
}

export interface Peer {
  platform: Platform;
  /** Calls to the flat indexes. */
  calls: URL[];
  apiCalls: () => number;
}

const START = Date.parse('2026-01-01T00:00:00Z') / 1000;
const timeOf = (second: number) => new Date((START + second) * 1000).toISOString().replace('.000Z', 'Z');
const ROOT = { id: 1, name: 'Project', parent_id: null, document_type: 'folder', created_at: timeOf(0) };

/** As many files, created by so many each second. */
export function filesBySecond(count: number, eachSecond: number): PeerFile[] {
  return Array.from({ length: count }, (_, place) => ({ id: 1000 + place, second: Math.floor(place / eachSecond) }));
}

/** Numbers that look random and are the same in every run. */
export function dice(seed = 7): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

/** A connector to a Procore made of one flat index, answered in this process. */
export function openPeer(
  files: PeerFile[],
  behaviour: PeerBehaviour = {},
  options: { clock?: Clock; notes?: NoteStore; settings?: Partial<ProcoreSettings> } & Partial<
    Pick<ProcoreOptions, 'random'>
  > = {},
): Peer {
  const calls: URL[] = [];
  let others = 0;
  const random = dice();
  const fetch: Fetch = async (address) => {
    const url = new URL(address);
    if (!url.pathname.endsWith('/documents')) {
      others += 1;
      return new Response(JSON.stringify(ROOT));
    }
    calls.push(url);
    behaviour.beforeCall?.(files, calls.length);
    return (await behaviour.instead?.(url, calls.length)) ?? indexReply(url, files, behaviour, random);
  };
  const platform = createProcorePlatform({
    settings: {
      loginUrl: 'http://127.0.0.1:1',
      apiUrl: 'http://127.0.0.1:2',
      companyId: '1',
      projectId: '2',
      ...options.settings,
    },
    client: { id: 'c', secret: 's' },
    grant: 'AUTHORIZATION_CODE',
    tokens: new MemoryTokens({
      accessToken: 't',
      refreshToken: 'r',
      obtainedAt: Date.now(),
      expiresAt: Date.now() + 1e12,
    }),
    notes: options.notes,
    budget: testBudget(),
    fetch,
    clock: options.clock ?? quickClock,
    random: options.random ?? (() => 0.5),
  });
  return { platform, calls, apiCalls: () => calls.length + others };
}

function indexReply(url: URL, files: readonly PeerFile[], behaviour: PeerBehaviour, random: () => number): Response {
  const query = url.searchParams;
  const isV2 = url.pathname.startsWith('/rest/v2.0/');
  const rows = query.get('filters[document_type]') === 'folder' ? [ROOT] : filesIn(query, files, behaviour, random);
  const size = Math.min(Number(query.get('per_page')), behaviour.cap ?? Infinity, isV2 ? 100 : Infinity);
  const start = (Number(query.get('page')) - 1) * size;
  const page = rows.slice(start, start + size);
  const total = rows.length + (rows[0] === ROOT || query.has('filters[created_at]') ? 0 : (behaviour.hidden ?? 0));
  const headers = { total: String(total), 'per-page': String(size) };
  return new Response(JSON.stringify(isV2 ? { data: page } : page), { headers });
}

function filesIn(query: URLSearchParams, files: readonly PeerFile[], behaviour: PeerBehaviour, random: () => number) {
  const range = behaviour.ignoresCreatedAt ? null : query.get('filters[created_at]');
  const [from, to] = (range ?? '').split('...').map((text) => Date.parse(text) / 1000 - START);
  const isIn = ({ second }: PeerFile) => {
    if (range === null || from === undefined || to === undefined) return true;
    return behaviour.bounds === 'EXCLUSIVE' ? second > from && second < to : second >= from && second <= to;
  };
  const isByName = /name$/.test(query.get('sort') ?? '');
  const order = (one: { second: number; tie: number }, other: { second: number; tie: number }) =>
    (behaviour.shuffle === 'ALL' || isByName ? 0 : one.second - other.second) || one.tie - other.tie;
  return files
    .filter(isIn)
    .map((file) => ({
      ...file,
      tie: behaviour.shuffle === 'ALL' || (behaviour.shuffle && !isByName) ? random() : file.id,
    }))
    .sort(order)
    .map(({ id, second }) => fileRow(id, timeOf(second)));
}

function fileRow(id: number, created_at: string) {
  const version = { id: id * 10, number: 1, size: 5, url: `https://files.example/${id}`, created_at };
  return {
    id,
    name: `${id}.txt`,
    parent_id: 1,
    document_type: 'file',
    created_at,
    updated_at: created_at,
    file: { current_version: version },
  };
}
