import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { AccessService } from '../access/access.service.js';
import { MutationAudit } from '../audit/mutation-audit.js';
import type { Base } from '../base.js';
import type { FlowRow } from '../db/row-types.js';
import { page } from '../html-page.js';
import { pageLanguageOf, type PageLanguage } from '../page-language.js';
import type { ProblemCode } from '../problems.js';
import { CALLBACK_WORDS } from './callback-words.js';
import type { OAuthService } from './oauth.js';

const CLOSE = 'window.close()';
const CLOSE_HASH = createHash('sha256').update(CLOSE).digest('base64');

/** Name of the callback in the audit log, where mutations have theirs. */
const ACTION = 'oauthCallback';

export interface CallbackParts {
  base: Pick<Base, 'audit' | 'clock'>;
  oauth: Pick<OAuthService, 'finish'>;
  access: Pick<AccessService, 'identify'>;
}

/** Serves the address to which platforms send people after signing in; each call leaves an event in the audit log. */
export function serveCallback(server: FastifyInstance, { base, oauth, access }: CallbackParts): void {
  const audit = new MutationAudit(base.audit, base.clock);
  server.get('/oauth/callback', async (request, reply) => {
    const query = new URL(request.url, 'http://any').searchParams;
    const [code, state, error] = ['code', 'state', 'error'].map((name) => query.get(name)?.slice(0, 2_000) ?? null);
    const caller = await access.identify({ cookie: request.headers.cookie });
    const given = { code: code ?? null, state: state ?? null, error: error ?? null };
    const context = { caller, address: request.ip, requestId: request.id, concerned: null as string | null };
    const { flow } = await audit.carryOut({ action: ACTION, args: {}, context, madePrefix: null }, async () => {
      const ended = await oauth.finish(given, caller);
      context.concerned = ended?.connectionId ?? null;
      return { flow: ended, userErrors: problemsOf(ended) };
    });
    if (flow !== null && flow.returnTo !== null) return reply.redirect(returnAddress(flow.returnTo, flow), 303);
    const language = pageLanguageOf(request.headers['accept-language']);
    reply.header('vary', 'accept-language').header('content-language', language);
    return flow === null ? sendUnknown(reply, language) : sendEnd(reply, flow, language);
  });
}

/** A callback that belongs to no sign-in is a denial, a sign-in that did not succeed a failure. */
function problemsOf(flow: FlowRow | null): { code: ProblemCode }[] {
  if (flow === null) return [{ code: 'FORBIDDEN' }];
  return flow.state === 'COMPLETED' ? [] : [{ code: 'SIGN_IN_REQUIRED' }];
}

function returnAddress(returnTo: string, flow: FlowRow): string {
  const url = new URL(returnTo);
  url.searchParams.set('oauthFlow', flow.id);
  url.searchParams.set('state', flow.state);
  return url.href;
}

function sendUnknown(reply: FastifyReply, language: PageLanguage): FastifyReply {
  const { title, unknown } = CALLBACK_WORDS[language];
  return reply
    .code(400)
    .type('text/html; charset=utf-8')
    .send(page(title, unknown, language));
}

/** A page that closes itself where the browser lets it. */
function sendEnd(reply: FastifyReply, { state }: FlowRow, language: PageLanguage): FastifyReply {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${CLOSE_HASH}'; frame-ancestors 'none'`;
  const { title, ended } = CALLBACK_WORDS[language];
  const html = `${page(title, ended[state], language)}<script>${CLOSE}</script>`;
  return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(html);
}
