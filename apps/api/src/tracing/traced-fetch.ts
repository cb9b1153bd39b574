import type { Fetch } from '@sluice/core/http';
import type { Tracer } from './tracer.js';

/** The fetch, with a span for each call until the head of its answer; of the address it tells the host alone. */
export const tracedFetch =
  (fetch: Fetch, tracer: Tracer): Fetch =>
  (url, init) =>
    tracer.span(
      'call',
      { 'http.request.method': init?.method ?? 'GET', 'server.address': new URL(url).hostname },
      async (tell) => {
        const answer = await fetch(url, init);
        tell({ 'http.response.status_code': answer.status });
        return answer;
      },
    );
