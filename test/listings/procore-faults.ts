import type { FaultRule, Sandbox } from '@sluice/procore-sandbox';
import type { Dice } from './stream-faults.js';

const LISTING = 'documents|folders';
const STATUSES = [401, 403, 404, 408, 410, 500, 502, 503];
const KINDS = [
  'html-body',
  'reset-before-commit',
  'short-body',
  'garbage-json',
  'empty-list',
  'expire-tokens',
] as const;
const PAGES = ['short page', 'vanished rows', 'repeated page', 'timeout'] as const;
type PageFault = (typeof PAGES)[number];

/** Replies of Procore's lists of documents, some of them changed on their way. */
export class TamperedPages {
  private fault: { name: PageFault; at: number } | null = null;
  private page = 0;
  /** What is left by four of the identifiers of hidden items. */
  private hidden = 0;
  private last: { text: string; headers: Headers } | null = null;

  constructor(private readonly dice: Dice) {}

  begin(name: PageFault): void {
    this.fault = { name, at: 1 + this.dice(4) };
    this.page = 0;
    this.hidden = this.dice(4);
    this.last = null;
  }

  end(): void {
    this.fault = null;
  }

  fetch: typeof fetch = async (address, init) => {
    const url = new URL(address instanceof Request ? address.url : address);
    if (this.fault === null || !/\/documents$/.test(url.pathname)) return fetch(address, init);
    const isHit = ++this.page >= this.fault.at;
    if (this.fault.name === 'vanished rows') return this.withoutSome(url, init);
    if (isHit && this.fault.name === 'timeout') throw new DOMException('The request took too long.', 'TimeoutError');
    const reply = await fetch(address, init);
    const page = { text: await reply.text(), headers: new Headers(reply.headers) };
    const { last } = this;
    this.last = page;
    const shown = isHit && reply.ok ? this.changed(page, last, this.fault.name) : page;
    shown.headers.delete('content-length');
    return new Response(shown.text, { status: reply.status, headers: shown.headers });
  };

  private changed(page: typeof this.last & object, last: typeof this.last, name: PageFault) {
    if (name === 'repeated page') return last ?? page;
    const rows = JSON.parse(page.text) as unknown[];
    if (!Array.isArray(rows)) return page;
    const kept = rows.filter(() => this.dice(3) > 0);
    return { text: JSON.stringify(kept), headers: page.headers };
  }

  /** A list as an account sees it from which some items are hidden: the same ones each time, and nobody counts them. */
  private async withoutSome(url: URL, init: RequestInit | undefined): Promise<Response> {
    const size = Number(url.searchParams.get('per_page'));
    const start = (Number(url.searchParams.get('page')) - 1) * size;
    const whole = new URL(url);
    whole.searchParams.set('per_page', '1000');
    whole.searchParams.set('page', '1');
    const rows = (await (await fetch(whole, init)).json()) as { id: number; parent_id: number | null }[];
    const isShown = ({ id, parent_id }: (typeof rows)[number]) => parent_id === null || id % 4 !== this.hidden;
    const shown = rows.filter(isShown);
    const headers = { total: String(shown.length), 'per-page': String(size), 'content-type': 'application/json' };
    return new Response(JSON.stringify(shown.slice(start, start + size)), { headers });
  }
}

/** Puts one fault into the sandbox, or on the way from it; tells which, and how it ends. */
export function procoreFault(
  { control }: Sandbox,
  pages: TamperedPages,
  dice: Dice,
): { name: string; end: () => void } {
  const ends = { end: () => control.setFaults([]) };
  const rule = (given: FaultRule) => control.setFaults([{ match: { origin: 'api', route: LISTING }, ...given }]);
  const often = dice(2) === 0 ? { nth: 1 + dice(5) } : {};
  switch (dice(4)) {
    case 0: {
      const status = STATUSES[dice(STATUSES.length)]!;
      rule({ kind: 'status', status, ...often });
      return { name: String(status), ...ends };
    }
    case 1: {
      const kind = KINDS[dice(KINDS.length)]!;
      rule({ kind, ...often });
      return { name: kind, ...ends };
    }
    case 2:
      control.setBehaviour({ shuffleTies: true });
      return { name: 'shuffled ties', end: () => control.setBehaviour({ shuffleTies: false }) };
    default: {
      const name = PAGES[dice(PAGES.length)]!;
      pages.begin(name);
      return { name, end: () => pages.end() };
    }
  }
}
