import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';

export interface UserErrorShape {
  code: string;
  message: string;
  field: string[] | null;
}

interface Reply<T> {
  data?: T | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** The API as an integrator sees it: documents over HTTP, subscriptions over a WebSocket, a token. */
export class GraphqlClient {
  constructor(
    readonly url: string,
    readonly headers: Readonly<Record<string, string>>,
  ) {}

  /** The operation's data. Throws when the reply has errors. */
  async request<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const reply = await this.raw<T>(query, variables);
    if (reply.errors?.length || !reply.data) throw new Error(`GraphQL: ${JSON.stringify(reply.errors)}`);
    return reply.data;
  }

  async raw<T>(query: string, variables: Record<string, unknown> = {}): Promise<Reply<T>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.headers },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Reply<T>;
  }

  /** The one root field of a mutation. Throws when it has user errors. */
  async mutate<T extends { userErrors: UserErrorShape[] }>(
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<T> {
    const [payload] = Object.values(await this.request<Record<string, T>>(query, variables));
    if (!payload || payload.userErrors.length > 0) throw new Error(`Refused: ${JSON.stringify(payload?.userErrors)}`);
    return payload;
  }

  /** Values of a subscription until it completes or the reader leaves, which also closes the socket. */
  async *subscribe<T>(query: string, variables: Record<string, unknown> = {}): AsyncGenerator<T> {
    const client: Client = createClient({
      url: `${this.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: this.headers,
      retryAttempts: 0,
    });
    try {
      for await (const reply of client.iterate<T>({ query, variables })) {
        if (reply.errors?.length || !reply.data) throw new Error(`Subscription: ${JSON.stringify(reply.errors)}`);
        yield reply.data;
      }
    } finally {
      await client.dispose();
    }
  }
}

const CREATE_TOKEN = `mutation ($scopes: [Scope!]!) {
  apiTokenCreate(displayName: "test", scopes: $scopes) { secret userErrors { code message field } }
}`;
const SCOPES = [
  'CONNECTIONS_READ',
  'CONNECTIONS_WRITE',
  'CREDENTIALS_WRITE',
  'JOBS_READ',
  'JOBS_WRITE',
  'MAPPINGS_READ',
  'MAPPINGS_WRITE',
  'RUNS_CONTROL',
  'PLANS_APPROVE',
  'REPORTS_READ',
];

/** Signs in with a password, as a browser would, and makes a token to go on with. */
export async function signIn(url: string, admin: { login: string; password: string }): Promise<GraphqlClient> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({
      query:
        'mutation ($login: String!, $password: String!) { signIn(login: $login, password: $password) { userErrors { message } } }',
      variables: admin,
    }),
  });
  const cookie = response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  if (!cookie) throw new Error(`Sign-in failed: ${await response.text()}`);
  const session = new GraphqlClient(url, { cookie, origin: url });
  const created = await session.mutate<{ secret: string; userErrors: UserErrorShape[] }>(CREATE_TOKEN, {
    scopes: SCOPES,
  });
  return new GraphqlClient(url, { authorization: `Bearer ${created.secret}` });
}
