import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { SandboxInput } from './options.js';
import { startSandbox, type Sandbox } from './sandbox.js';
import { seeded } from './seed-data.js';

/** A reply with its body read; `json` is undefined when the body is no JSON. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: Json;
  /** The rows of a list, of v1 or v2; none when the body is no list. */
  rows: Json[];
}

/** A read body of any shape: tests reach into it by key and assert what they find. */
export interface Json {
  readonly [key: string]: Json;
}

interface CallOptions {
  token?: string;
  companyId?: number | null;
  json?: unknown;
  body?: RequestInit['body'];
  headers?: Record<string, string>;
}

/** A value that is text or a number, as text. */
export const text = (value: unknown): string => String(value);

export const sha256 = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');

/** Calls a sandbox as one user. */
export class TestClient {
  token: string;

  constructor(
    readonly sandbox: Sandbox,
    login?: string,
    readonly projectId: number = seeded.emptyProjectId,
  ) {
    this.token = sandbox.control.issueTokens(login).access_token;
  }

  async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const { token = this.token, companyId = seeded.companyId, json } = options;
    const headers: Record<string, string> = { authorization: `Bearer ${token}`, ...options.headers };
    if (companyId !== null) headers['procore-company-id'] = String(companyId);
    if (json !== undefined) headers['content-type'] = 'application/json';
    const body = json === undefined ? options.body : JSON.stringify(json);
    return read(await fetch(`${this.sandbox.apiUrl}${path}`, { method, headers, body, redirect: 'manual' }));
  }

  get(path: string, options?: CallOptions): Promise<Answer> {
    return this.call('GET', path, options);
  }

  post(path: string, json: unknown): Promise<Answer> {
    return this.call('POST', path, { json });
  }

  patch(path: string, json: unknown): Promise<Answer> {
    return this.call('PATCH', path, { json });
  }

  documents(query = ''): Promise<Answer> {
    return this.get(`/rest/v1.0/projects/${this.projectId}/documents?${query}`);
  }

  /** Stores the content by a form post; the reply names the upload. */
  async upload(
    content: string,
    filename = 'a.txt',
    size: number | undefined = Buffer.byteLength(content),
  ): Promise<string> {
    const made = await this.post(this.uploads, { response_filename: filename, size });
    const sent = await postForm(made.json, content);
    if (sent.status !== 204) throw new Error(`the storage answered ${sent.status} ${sent.text}`);
    return text(made.json['uuid']);
  }

  get uploads(): string {
    return `/rest/v1.1/projects/${this.projectId}/uploads`;
  }

  in(path: string, query = ''): string {
    return `/rest/v1.0/${path}?project_id=${this.projectId}${query}`;
  }

  async createFile(name: string, content: string, more: object = {}): Promise<Answer> {
    const upload_uuid = await this.upload(content, name);
    return this.post(this.in('files'), { file: { name, upload_uuid, ...more } });
  }

  async createFolder(name: string, parentId?: number): Promise<number> {
    const made = await this.post(this.in('folders'), { folder: { name, parent_id: parentId } });
    if (made.status !== 201) throw new Error(`the folder was answered with ${made.status} ${made.text}`);
    return Number(made.json['id']);
  }
}

export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const list = Array.isArray(json) ? json : (json as { data?: unknown } | undefined)?.data;
  const rows = Array.isArray(list) ? (list as Json[]) : [];
  return { status: response.status, headers: response.headers, text, json: json as Json, rows };
}

/** Sends the bytes of an upload the way its reply asks. */
export async function postForm(upload: Json, content: string, headers: Record<string, string> = {}): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(upload['fields'] ?? {})) form.append(name, text(value));
  form.append('file', new Blob([content]), 'blob');
  const encoded = new Response(form);
  const body = Buffer.from(await encoded.arrayBuffer());
  const type = encoded.headers.get('content-type') ?? '';
  return read(
    await fetch(text(upload['url']), { method: 'POST', body, headers: { 'content-type': type, ...headers } }),
  );
}

/** A sandbox that ends with its test. */
export async function openSandbox(input: SandboxInput = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ limits: { hourly: 100_000, spike: 100_000 }, ...input });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

export const names = ({ rows }: Pick<Answer, 'rows'>): string[] => rows.map((row) => text(row['name']));

/** A clock that moves when told. */
export class TestClock {
  ms = Date.UTC(2026, 8, 30, 10, 15, 0);
  readonly now = (): number => this.ms;

  advance(seconds: number): void {
    this.ms += seconds * 1000;
  }
}
