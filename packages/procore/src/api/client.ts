/*
 * api/ is where the connector talks to Procore: the requests (this file) and their sending (sender.ts), the reading of what
 * comes back (json.ts, adapter.ts), waits and repetitions, and what is known about the account while the platform is open
 * (session.ts).
 */
import type { ApiClient } from '@sluice/core/http';
import { PlatformError } from '@sluice/core/platform';
import type { Call } from '@sluice/core/platform';
import { wireId } from './json.js';
import type { Json } from './json.js';
import { RequestSender } from './sender.js';
import type { Query, Reply, SenderOptions } from './sender.js';
import type { Waits } from './waits.js';

/**
 * The flat indexes of a project's documents: that of v1, which serves large pages and is marked deprecated, and its
 * successor, below the company or below the project alone.
 */
export type DocumentIndex = 'V1' | 'V2_OF_COMPANY' | 'V2';

/** For a page of the flat index, which takes Procore longer than any other answer. */
const LISTING_TIMEOUT_MS = 120_000;

export interface ClientOptions extends SenderOptions {
  projectId: string | null;
}

/** The requests that the connector makes, one function each; replies are JSON, refusals are `RefusedError`. */
export class ProcoreClient {
  private readonly sender: RequestSender;

  constructor(
    api: ApiClient,
    private readonly options: ClientOptions,
    waits: Waits,
  ) {
    this.sender = new RequestSender(api, options, waits);
  }

  /** A person is asked about outside of any company; a service account exists in one only. */
  me(call: Call): Promise<Reply> {
    const request = { method: 'GET', path: '/rest/v1.0/me', what: 'say who is signed in', isRepeatable: true } as const;
    return this.sender.send({ ...request, isInCompany: this.options.isServiceAccount }, call);
  }

  companies(paging: Query, call: Call): Promise<Reply> {
    return this.get('/rest/v1.0/companies', 'list the companies', paging, call);
  }

  projects(version: 'v1.0' | 'v1.1', companyId: string, paging: Query, call: Call): Promise<Reply> {
    const query = { company_id: companyId, ...paging };
    return this.sender.send(
      {
        method: 'GET',
        path: `/rest/${version}/projects`,
        what: 'list the projects',
        query,
        companyId,
        isRepeatable: true,
      },
      call,
    );
  }

  project(call: Call): Promise<Reply> {
    const query = { company_id: this.options.companyId ?? undefined, view: 'minimal' };
    return this.get(`/rest/v1.0/projects/${this.projectPath()}`, 'show the project', query, call);
  }

  permissions(call: Call): Promise<Reply> {
    return this.get('/rest/v1.0/settings/permissions', 'show the permissions', this.inProject(), call);
  }

  /** A page of a flat index. Sent once, so that the caller decides whether to repeat it or to ask for less. */
  documents(index: DocumentIndex, query: Query, call: Call): Promise<Reply> {
    return this.sender.send(
      {
        method: 'GET',
        path: this.indexPath(index),
        what: 'list the documents',
        query,
        isRepeatable: true,
        tries: 1,
        timeoutMs: LISTING_TIMEOUT_MS,
      },
      call,
    );
  }

  private indexPath(index: DocumentIndex): string {
    const inProject = `projects/${this.projectPath()}/documents`;
    const { companyId } = this.options;
    if (index === 'V1') return `/rest/v1.0/${inProject}`;
    if (index === 'V2' || companyId === null) return `/rest/v2.0/${inProject}`;
    return `/rest/v2.0/companies/${encodeURIComponent(companyId)}/${inProject}`;
  }

  /** A folder with its direct children; `id` null is the root. */
  folder(id: string | null, query: Query, call: Call): Promise<Reply> {
    const path = id === null ? '/rest/v1.0/folders' : `/rest/v1.0/folders/${encodeURIComponent(id)}`;
    return this.get(path, 'list the folder', { ...this.inProject(), ...query }, call);
  }

  createFolder(folder: Json, call: Call): Promise<Reply> {
    return this.change('POST', '/rest/v1.0/folders', 'create the folder', { folder }, call);
  }

  /** Sets fields of a folder or file; repeating it changes nothing. */
  update(kind: 'folder' | 'file', id: string, fields: Json, call: Call): Promise<Reply> {
    const path = `/rest/v1.0/${kind}s/${encodeURIComponent(id)}`;
    const request = {
      method: 'PATCH',
      path,
      what: `change the ${kind}`,
      query: this.inProject(),
      body: { [kind]: fields },
    } as const;
    return this.sender.send({ ...request, isRepeatable: true }, call);
  }

  recycle(kind: 'folder' | 'file', id: string, call: Call): Promise<Reply> {
    return this.change(
      'DELETE',
      `/rest/v1.0/${kind}s/${encodeURIComponent(id)}`,
      `remove the ${kind}`,
      undefined,
      call,
    );
  }

  file(id: string, call: Call): Promise<Reply> {
    return this.get(`/rest/v1.0/files/${encodeURIComponent(id)}`, 'show the file', this.inProject(), call);
  }

  createFile(file: Json, call: Call): Promise<Reply> {
    return this.change('POST', '/rest/v1.0/files', 'create the file', { file }, call);
  }

  createVersion(fileId: string, version: Json, call: Call): Promise<Reply> {
    const query = { ...this.inProject(), file_id: fileId };
    const body = { file_version: version };
    const request = { method: 'POST', path: '/rest/v1.0/file_versions', what: 'add the version', query, body } as const;
    return this.sender.send({ ...request, isRepeatable: false }, call);
  }

  /** Asks for a place to put bytes; one too many is thrown away by Procore. */
  createUpload(upload: Json, call: Call): Promise<Reply> {
    const path = `/rest/v1.1/projects/${this.projectPath()}/uploads`;
    return this.sender.send(
      { method: 'POST', path, what: 'prepare the upload', body: upload, isRepeatable: true },
      call,
    );
  }

  upload(uuid: string, call: Call): Promise<Reply> {
    return this.get(this.uploadPath(uuid), 'show the upload', {}, call);
  }

  completeUpload(uuid: string, segments: Json[], call: Call): Promise<Reply> {
    const request = {
      method: 'PATCH',
      path: this.uploadPath(uuid),
      what: 'complete the upload',
      body: { segments },
    } as const;
    return this.sender.send({ ...request, isRepeatable: false }, call);
  }

  /** Custom fields of all tools with the values of lists; not served everywhere. */
  customFieldMetadata(call: Call): Promise<Reply> {
    const query = { ...this.inProject(), view: 'with_lov_entries' };
    return this.get('/rest/v1.0/custom_field_metadata', 'show the custom fields', query, call);
  }

  customFieldDefinitions(paging: Query, call: Call): Promise<Reply> {
    const path = `/rest/v1.1/companies/${this.companyPath()}/custom_field_definitions`;
    return this.get(path, 'list the custom fields', paging, call);
  }

  customFieldEntries(definitionId: string, call: Call): Promise<Reply> {
    const path = `/rest/v1.0/custom_field_definitions/${encodeURIComponent(definitionId)}/custom_field_lov_entries`;
    return this.get(path, 'list the values of a custom field', { company_id: this.companyPath() }, call);
  }

  tags(query: Query, call: Call): Promise<Reply> {
    return this.get(this.tagsPath(), 'list the tags', query, call);
  }

  /** Repeating it changes nothing. */
  addTag(documentId: string, name: string, call: Call): Promise<Reply> {
    const body = { document_id: wireId(documentId), document_custom_tag: { name } };
    const request = { method: 'POST', path: this.tagsPath(), what: 'tag the item', body, isRepeatable: true } as const;
    return this.sender.send(request, call);
  }

  projectUsers(paging: Query, call: Call): Promise<Reply> {
    return this.get(`/rest/v1.0/projects/${this.projectPath()}/users`, 'list the users', paging, call);
  }

  distributionGroups(paging: Query, call: Call): Promise<Reply> {
    return this.get(this.groupsPath(), 'list the distribution groups', paging, call);
  }

  /** The token lets Procore answer a repeated request with the group that the first one made. */
  createDistributionGroup(group: Json, idempotencyToken: string, call: Call): Promise<Reply> {
    const body = { distribution_group: group };
    const request = { method: 'POST', path: this.groupsPath(), what: 'make the distribution group', body } as const;
    return this.sender.send({ ...request, idempotencyToken, isRepeatable: true }, call);
  }

  private tagsPath(): string {
    return `/rest/v1.0/projects/${this.projectPath()}/document_custom_tags`;
  }

  private groupsPath(): string {
    return `/rest/v1.0/projects/${this.projectPath()}/distribution_groups`;
  }

  private companyPath(): string {
    return encodeURIComponent(this.options.companyId ?? '');
  }

  private uploadPath(uuid: string): string {
    return `/rest/v1.1/projects/${this.projectPath()}/uploads/${encodeURIComponent(uuid)}`;
  }

  private projectPath(): string {
    return encodeURIComponent(this.projectId());
  }

  private projectId(): string {
    if (this.options.projectId) return this.options.projectId;
    throw new PlatformError('REJECTED', 'No project has been chosen.', {
      remedy: 'Choose the project of the connection.',
    });
  }

  private inProject(): Query {
    return { project_id: this.projectId() };
  }

  private get(path: string, what: string, query: Query, call: Call): Promise<Reply> {
    return this.sender.send({ method: 'GET', path, what, query, isRepeatable: true }, call);
  }

  private change(
    method: 'POST' | 'DELETE',
    path: string,
    what: string,
    body: Json | undefined,
    call: Call,
  ): Promise<Reply> {
    return this.sender.send({ method, path, what, query: this.inProject(), body, isRepeatable: false }, call);
  }
}

/** The parent key that Procore reads; any other is ignored silently. */
export function parentField(id: string): { parent_id: number | string } {
  return { parent_id: wireId(id) };
}
