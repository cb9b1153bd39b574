import { discardBody, type Authorization, type Budget, type Fetch } from '@sluice/core/http';
import { PlatformError } from '@sluice/core/platform';
import type { Call } from '@sluice/core/platform';
import type { TokenHosts } from '../sign-in/hosts.js';

const HOPS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export interface LinkOptions {
  fetch: Fetch;
  authorization: Authorization;
  budget: Budget;
  apiUrl: URL;
  companyId: string | null;
}

/** Follows file links by hand, so that the token never goes where it may not. */
export class LinkFollower {
  /** Hosts whose calls use up the budget. */
  private readonly counted: Set<string>;

  constructor(
    private readonly hosts: TokenHosts,
    private readonly options: LinkOptions,
  ) {
    this.counted = new Set([options.apiUrl.host]);
  }

  /** The reply at the end of the redirects, whatever its status; its body is to be read or let go. */
  async get(link: string, headers: Record<string, string>, call: Call, signal: AbortSignal): Promise<Response> {
    let url = this.hosts.secured(this.parse(link, this.options.apiUrl));
    let from: URL | null = null;
    for (let hop = 0; hop <= HOPS; hop += 1) {
      const response = await this.hop(url, from, headers, call, signal);
      const location = response.headers.get('location');
      if (!REDIRECTS.has(response.status) || location === null) return response;
      await discardBody(response);
      from = url;
      url = this.parse(location, url);
    }
    throw new PlatformError('PLATFORM_ERROR', 'The link of the file leads on and on.');
  }

  private parse(link: string, base: URL): URL {
    const url = link !== '' && URL.canParse(link, base.href) ? new URL(link, base) : null;
    if (url && ['http:', 'https:'].includes(url.protocol)) return url;
    throw new PlatformError('PLATFORM_ERROR', 'The link of the file cannot be used.');
  }

  /** One request, repeated with a fresh token after 401, and without one where it is not wanted. */
  private async hop(
    url: URL,
    from: URL | null,
    headers: Record<string, string>,
    call: Call,
    signal: AbortSignal,
  ): Promise<Response> {
    if (!this.hosts.mayCarryToken(url, from)) return this.fetch(url, headers, call, signal);
    const token = await this.options.authorization.header(call);
    const response = await this.fetch(url, this.withToken(headers, token), call, signal);
    if (response.status === 400) return this.again(response, url, headers, call, signal);
    if (response.status !== 401 || !(await this.options.authorization.refused(token, call))) return response;
    return this.again(
      response,
      url,
      this.withToken(headers, await this.options.authorization.header(call)),
      call,
      signal,
    );
  }

  private async again(
    first: Response,
    url: URL,
    headers: Record<string, string>,
    call: Call,
    signal: AbortSignal,
  ): Promise<Response> {
    await discardBody(first);
    return this.fetch(url, headers, call, signal);
  }

  private withToken(headers: Record<string, string>, authorization: string): Record<string, string> {
    const { companyId } = this.options;
    return { ...headers, authorization, ...(companyId && { 'procore-company-id': companyId }) };
  }

  /** Storage is not counted; the API host is, whatever it serves, and so is a file host that talks of limits. */
  private async fetch(url: URL, headers: Record<string, string>, call: Call, signal: AbortSignal): Promise<Response> {
    const init = { method: 'GET', headers, redirect: 'manual', signal } as const;
    if (!this.counted.has(url.host)) return this.noted(url, await this.options.fetch(url, init));
    const ticket = await this.options.budget.take(call);
    try {
      const response = await this.options.fetch(url, init);
      ticket.settle(response);
      return response;
    } catch (error) {
      ticket.settle(null);
      throw error;
    }
  }

  private noted(url: URL, response: Response): Response {
    if (response.headers.has('x-rate-limit-limit') && this.hosts.mayCarryToken(url, null)) this.counted.add(url.host);
    return response;
  }
}
