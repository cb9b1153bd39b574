import { createHash, timingSafeEqual } from 'node:crypto';
import { CONTENT_TYPE, textOf, type Figures } from './prometheus.js';

export interface MetricsReply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const hashOf = (text: string) => createHash('sha256').update(text).digest();

/** What `/metrics` answers: the figures to who sends the token, nothing to anybody else. */
export async function metricsReply(
  token: string,
  authorization: string | undefined,
  read: () => Promise<readonly Figures[]>,
): Promise<MetricsReply> {
  const given = /^Bearer +(.+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const headers = { 'cache-control': 'no-store' };
  if (!timingSafeEqual(hashOf(given), hashOf(token)))
    return { status: 401, headers: { ...headers, 'www-authenticate': 'Bearer' }, body: 'Send SLUICE_METRICS_TOKEN.\n' };
  return { status: 200, headers: { ...headers, 'content-type': CONTENT_TYPE }, body: await textOf(await read()) };
}
