import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LoginHost {
  url: string;
  /** Bodies of the token requests so far. */
  requests: URLSearchParams[];
  /** Path, headers and body of all requests so far, as one text. */
  seen: string[];
  /** Status of the next replies; 200 gives tokens. */
  status: number;
  /** Whether requests to revoke stay without an answer. */
  ignoresRevocations: boolean;
  close(): Promise<void>;
}

/** The token address of a login host: as much of an OAuth server as signing in and out needs. */
export async function startLoginHost(): Promise<LoginHost> {
  const requests: URLSearchParams[] = [];
  const seen: string[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const isRevocation = request.url === '/oauth/revoke';
      seen.push([request.url, JSON.stringify(request.headers), text].join('\n'));
      if (request.url === '/oauth/token') requests.push(new URLSearchParams(text));
      if (isRevocation && host.ignoresRevocations) return;
      const isToken = request.url === '/oauth/token' && host.status === 200;
      const tokens = {
        access_token: `access-${requests.length}`,
        refresh_token: 'refresh',
        token_type: 'Bearer',
        expires_in: 5400,
      };
      response.writeHead(isToken || isRevocation ? 200 : host.status === 200 ? 404 : host.status, {
        'content-type': 'application/json',
        ...spikeHeaders(),
      });
      response.end(JSON.stringify(isToken ? tokens : { error: 'invalid_grant' }));
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const host: LoginHost = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    seen,
    status: 200,
    ignoresRevocations: false,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return host;
}

/** Limits of the seconds, as a host tells them: one that tells none is asked slowly. */
function spikeHeaders() {
  const reset = Math.ceil(Date.now() / 1_000) + 5;
  return { 'x-rate-limit-limit': '100', 'x-rate-limit-remaining': '90', 'x-rate-limit-reset': String(reset) };
}
