/*
 * `pages/` is what the sandbox shows of itself under /sandbox: counters, faults and switches, to read and to change.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { SandboxControl } from '../control.js';
import { badRequest } from '../errors.js';
import { faultKinds, type FaultKind, type FaultRule } from '../faults.js';
import { readFields, type Fields } from '../forms.js';
import type { World } from '../model/world.js';
import { readSwitches } from '../switches.js';
import { html, page, type Html } from './html.js';
import { chosenSwitches, switchForm } from './switch-form.js';

const MAX_ADDED_PROJECTS = 10_000;

/** The sandbox's own pages on the API origin; they cost no quota. */
export function overviewRoutes(app: FastifyInstance, world: World, control: SandboxControl): void {
  app.get('/sandbox', (_request, reply) => sendPage(reply, overview(world, control)));
  app.get('/sandbox/counters.json', () => control.counters());
  app.get('/sandbox/faults', () => shownRules(world));

  app.post('/sandbox/faults', async (request, reply) => {
    if (Array.isArray(request.body)) {
      setRules(world, request.body as FaultRule[]);
      return shownRules(world);
    }
    const fields = await readFields(request);
    setRules(world, [...world.faults.rules(), ruleFromForm(fields)]);
    return reply.redirect('/sandbox', 303);
  });

  app.post('/sandbox/faults/clear', (_request, reply) => {
    world.faults.set([]);
    return reply.redirect('/sandbox', 303);
  });

  app.get('/sandbox/switches', () => chosenSwitches(world));

  app.post('/sandbox/switches', async (request, reply) => {
    control.setBehaviour(orRefuse(readSwitches, await readFields(request)));
    return reply.redirect('/sandbox', 303);
  });

  app.post('/sandbox/projects', async (request, reply) => {
    const count = Number((await readFields(request))['count']);
    if (!(Number.isInteger(count) && count > 0 && count <= MAX_ADDED_PROJECTS)) {
      throw badRequest(`count must be a whole number from 1 to ${MAX_ADDED_PROJECTS}`);
    }
    control.addProjects(count);
    return reply.redirect('/sandbox', 303);
  });

  app.post('/sandbox/reset', (_request, reply) => {
    control.reset();
    return reply.redirect('/sandbox', 303);
  });

  app.post('/sandbox/tokens', async (request, reply) => {
    const { action } = await readFields(request);
    if (action === 'expire') control.expireAccessTokens();
    else if (action === 'revoke') control.revokeAllTokens();
    else throw badRequest('action must be expire or revoke');
    return reply.redirect('/sandbox', 303);
  });
}

const setRules = (world: World, rules: readonly FaultRule[]): void => orRefuse((each) => world.faults.set(each), rules);

/** Does what a page asks for; what is thrown becomes a 400 with its sentence. */
function orRefuse<Input, Result>(work: (input: Input) => Result, input: Input): Result {
  try {
    return work(input);
  } catch (error) {
    throw badRequest(error instanceof Error ? error.message : 'This can not be used');
  }
}

/** A regular expression shows as its source. */
const shownRules = (world: World) =>
  world.faults.rules().map((rule) => {
    const route = rule.match?.route;
    return { ...rule, match: { ...rule.match, route: route instanceof RegExp ? route.source : route } };
  });

function ruleFromForm(fields: Fields): FaultRule {
  const text = (name: string) => {
    const value = fields[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const number = (name: string) => (text(name) === undefined ? undefined : Number(text(name)));
  return {
    kind: text('kind') as FaultKind,
    match: { method: text('method'), route: text('route') },
    nth: number('nth'),
    count: number('count'),
    probability: number('probability'),
    status: number('status'),
    retryAfter: number('retryAfter'),
    ms: number('ms'),
  };
}

const sendPage = (reply: FastifyReply, body: string) =>
  reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(body);

function overview(world: World, control: SandboxControl): string {
  const counters = control.counters();
  const { hourly, spike, hourSeconds, spikeSeconds } = world.limiter.settings;
  const totals: [string, string | number][] = [
    ['Calls to the API', counters.apiCalls],
    ['Counted', counters.counted],
    ['Refused with 429', counters.refused429],
    ['Limits', `${hourly} in ${hourSeconds} s, ${spike} in ${spikeSeconds} s`],
    ['Uploads stored', `${counters.uploads.count} (${counters.uploads.bytes} bytes)`],
    ['Downloads served', `${counters.downloads.count} (${counters.downloads.bytes} bytes)`],
  ];
  const body = html`<h1>Procore sandbox</h1>
    <p>
      API ${world.urls.apiUrl}, login ${world.urls.loginUrl}, files ${world.urls.filesUrl}, storage
      ${world.urls.storageUrl}
    </p>
    <section>${table(['What', 'Value'], totals)}</section>
    <h2>Calls</h2>
    <section>${table(['Route', 'Answers'], routeRows(counters.routes))}</section>
    <h2>Hours that ended</h2>
    <section>
      ${table(
        ['From', 'Client', 'Used', 'Refused'],
        counters.hours.map((hour) => [
          new Date(hour.startedAt).toISOString(),
          hour.key,
          `${hour.used} of ${hour.limit}`,
          hour.refused,
        ]),
      )}
    </section>
    <h2>Faults</h2>
    ${faultForm(world)}
    <h2>Switches</h2>
    ${switchForm(world)}`;
  return page('Procore sandbox', body);
}

const routeRows = (routes: Record<string, Record<string, number>>): string[][] =>
  Object.entries(routes).map(([route, statuses]) => [
    route,
    Object.entries(statuses)
      .map(([status, count]) => `${status} × ${count}`)
      .join(', '),
  ]);

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): Html {
  if (rows.length === 0) return html`<p>None yet.</p>`;
  return html`<table>
    <tr>
      ${head.map((title) => html`<th>${title}</th>`)}
    </tr>
    ${rows.map(
      (row) =>
        html`<tr>
          ${row.map((cell) => html`<td>${cell}</td>`)}
        </tr>`,
    )}
  </table>`;
}

function faultForm(world: World): Html {
  const rules = shownRules(world).map(({ fired, ...rule }) => [JSON.stringify(rule), fired]);
  const field = (name: string, label: string) => html`<label>${label}<input name="${name}" size="7" /></label>`;
  return html`<section>${table(['Rule', 'Fired'], rules)}</section>
    <h2>Add a fault</h2>
    <form class="card" method="post" action="/sandbox/faults">
      <div class="row">
        <label
          >Kind<select name="kind">
            ${faultKinds.map((kind) => html`<option>${kind}</option>`)}
          </select></label
        >
        ${field('method', 'Method')}
        <label>Path matches<input name="route" placeholder="/rest/v1.0/files" /></label>
        ${field('nth', 'Only the nth')} ${field('count', 'Times at most')} ${field('probability', 'Probability')}
        ${field('status', 'Status')} ${field('retryAfter', 'Retry-After (s)')} ${field('ms', 'Slow by (ms)')}
        <button class="main">Add</button>
        <button formaction="/sandbox/faults/clear">Clear all</button>
      </div>
    </form>
    <h2>Projects</h2>
    <form class="card row" method="post" action="/sandbox/projects">
      <label>How many more<input name="count" size="7" value="3000" /></label>
      <button>Add projects</button>
    </form>
    <h2>Tokens and counters</h2>
    <form class="card row" method="post" action="/sandbox/tokens">
      <button name="action" value="expire">Expire access tokens</button>
      <button name="action" value="revoke">Revoke all tokens</button>
      <button formaction="/sandbox/reset">Reset counters, limits and faults</button>
    </form>`;
}
