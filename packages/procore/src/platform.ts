import { ApiClient } from '@sluice/core/http';
import type {
  Address,
  Call,
  Check,
  Details,
  Item,
  Limits,
  Platform,
  PlatformDescription,
  Source,
} from '@sluice/core/platform';
import { ProcoreAuthorization } from './sign-in/authorization.js';
import { checkConnection } from './sign-in/check.js';
import { ProcoreClient } from './api/client.js';
import { ConnectionNotes } from './api/notes.js';
import { RequestSender } from './api/sender.js';
import { Session } from './api/session.js';
import { ProcoreDestination } from './destination.js';
import { detailed, withDetails } from './details/detailed.js';
import { ProcoreDirectory } from './details/directory.js';
import { ProcoreChangeFeed } from './feed/change-feed.js';
import { readChange } from './feed/read-change.js';
import { Downloads } from './download/download.js';
import { Editor } from './upload/edit.js';
import {
  DEFAULT_PAGE_SIZE,
  DEFAULT_SEGMENT,
  DEFAULT_SEGMENT_THRESHOLD,
  procoreCapabilities,
  procoreLimits,
} from './facts.js';
import { procoreForm } from './form.js';
import { apiUrlOf, baseUrl, loginUrlOf, TokenHosts } from './sign-in/hosts.js';
import { AccessLadder } from './sign-in/ladder.js';
import { listChanges } from './listing/changes.js';
import { openProject } from './listing/project.js';
import type { Project } from './listing/project.js';
import { Recovery } from './upload/recovery.js';
import { ProcoreScopes } from './sign-in/scopes.js';
import { listFolder } from './listing/listing.js';
import { Storage } from './upload/storage.js';
import type { ProcoreClientCredentials, ProcoreOptions, ProcoreSettings } from './types.js';
import { Uploader } from './upload/upload.js';
import { throwIfAborted } from './api/waits.js';
import { Withdrawals } from './upload/withdrawal.js';
import { FileWriter } from './upload/write.js';

export const procoreDescription: PlatformDescription = {
  kind: 'PROCORE',
  displayName: 'Procore',
  form: procoreForm,
  capabilities: procoreCapabilities,
  limits: procoreLimits(),
  readChange,
};

/** The documents of one project. Throws `REJECTED` when an address of the settings cannot be used. */
export function createProcorePlatform(options: ProcoreOptions): Platform {
  return new ProcorePlatform(options);
}

/** What shares one budget: all that uses the same client at the same API host. */
export function budgetKey(
  settings: Pick<ProcoreSettings, 'loginUrl' | 'apiUrl'>,
  client: Pick<ProcoreClientCredentials, 'id'>,
): { apiHost: string; client: string } {
  return { apiHost: apiUrlOf(settings).host, client: client.id };
}

class ProcorePlatform implements Platform {
  readonly kind = 'PROCORE';
  readonly capabilities = procoreCapabilities;
  readonly limits: Limits;
  readonly source: Source;
  readonly destination: ProcoreDestination;
  readonly scopes: ProcoreScopes;
  readonly directory: ProcoreDirectory;
  readonly changeFeed: ProcoreChangeFeed;
  private readonly authorization: ProcoreAuthorization;
  private readonly client: ProcoreClient;
  private readonly project: Project;
  private readonly ladder: AccessLadder;

  constructor(private readonly options: ProcoreOptions) {
    const { settings, fetch, clock, random, budget, grant, notes } = options;
    const { companyId, projectId } = settings;
    const apiUrl = apiUrlOf(settings);
    const waits = { clock, random };
    const isServiceAccount = grant === 'CLIENT_CREDENTIALS';
    this.limits = procoreLimits(settings.maxPathLength, settings.forbiddenCharacters);
    this.authorization = new ProcoreAuthorization(options);
    const { authorization } = this;
    const api = new ApiClient({ fetch, clock, random, budget, authorization });
    const serving = {
      apiUrl,
      companyId,
      isServiceAccount,
      isTokenAccepted: (call: Call) => authorization.isAccepted(call),
      servedInProject: () => authorization.servedInProject(),
    };
    this.client = new ProcoreClient(api, { ...serving, projectId }, waits);
    const place = { companyId, projectId, isServiceAccount };
    this.changeFeed = new ProcoreChangeFeed(new RequestSender(api, serving, waits), this.client, place);
    this.ladder = new AccessLadder(this.client, place, waits);
    this.project = openProject(
      new Session(
        this.client,
        new TokenHosts(apiUrl, baseUrl(loginUrlOf(settings.loginUrl))),
        waits,
        new ConnectionNotes(notes),
      ),
      settings.pageSize ?? DEFAULT_PAGE_SIZE,
    );
    const downloads = new Downloads(this.project, { fetch, authorization, budget, apiUrl, companyId });
    this.source = {
      absence: 'BIN',
      list: (request, call) => this.told(listFolder(this.project, this.ladder, request, call), request, call),
      changes: (request, call) => this.told(listChanges(this.project, this.ladder, request, call), request, call),
      versions: (item, call) => downloads.versions(item, call),
      tellsVersionsByFolder: true,
      costOfVersions: 1,
      open: (item, call, range) => downloads.open(item, call, range),
    };
    this.destination = this.createDestination(downloads);
    this.directory = new ProcoreDirectory(this.client, this.project.session.customFields, this.project.tags);
    this.scopes = new ProcoreScopes(this.client, this.ladder);
  }

  private createDestination(downloads: Downloads): ProcoreDestination {
    const { settings, fetch } = this.options;
    const { waits } = this.project.session;
    const sizes = {
      segmentThreshold: settings.segmentThresholdBytes ?? DEFAULT_SEGMENT_THRESHOLD,
      segment: settings.segmentBytes ?? DEFAULT_SEGMENT,
    };
    const uploader = new Uploader(this.client, new Storage(fetch, waits), waits, sizes);
    const editor = new Editor(this.project, this.ladder);
    const writer = new FileWriter(this.project, uploader, new Recovery(this.project, downloads), editor);
    const withdrawals = new Withdrawals(this.project, writer, editor, downloads);
    const { project, ladder } = this;
    return new ProcoreDestination(project, writer, editor, withdrawals, downloads, ladder, sizes.segmentThreshold);
  }

  private told<Entry extends { type: string; item?: Item }>(
    entries: AsyncIterable<Entry>,
    { details }: { details?: Details },
    call: Call,
  ): AsyncGenerator<Entry> {
    const { versions, tags } = this.project;
    return withDetails(versions.learnt(entries), details, () => tags.ofAll(call));
  }

  get login(): string | null {
    return this.project.session.login;
  }

  async find(address: Address, call: Call, details?: Details): Promise<Item | null> {
    throwIfAborted(call.signal);
    const item = await this.project.finder.find(address, call);
    return item && detailed(item, details, details?.tags ? (id) => this.project.tags.of(id, call) : null);
  }

  check(call: Call, writeProbeIn?: Address): Promise<Check[]> {
    const { ladder, project } = this;
    return checkConnection({ ladder, project, platform: this }, call, writeProbeIn);
  }

  close(): Promise<void> {
    return this.authorization.settled();
  }
}
