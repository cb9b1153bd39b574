import { PlatformError } from '@sluice/core/platform';
import type { Call } from '@sluice/core/platform';
import type { ProcoreClient } from '../api/client.js';
import { formBody } from './form-body.js';
import { objectOf, recordOf, rowsOf, textOf } from '../api/json.js';
import type { Json } from '../api/json.js';
import { mediaType } from './media-types.js';
import { planSegments, SegmentedUploads } from './segments.js';
import type { SegmentPlan, Uploaded, UploadRequest } from './segments.js';
import { StaleUploadError } from './storage.js';
import type { Storage } from './storage.js';
import { retried } from '../api/retry.js';
import type { Waits } from '../api/waits.js';

/** Uploads begun for one file before it is given up. */
const UPLOAD_TRIES = 3;

export interface UploadSizes {
  segmentThreshold: number;
  segment: number;
}

/** Brings bytes to the storage that Procore names: one form post, or segments above the threshold. */
export class Uploader {
  private readonly segmented: SegmentedUploads;

  constructor(
    private readonly client: ProcoreClient,
    private readonly storage: Storage,
    private readonly waits: Waits,
    private readonly sizes: UploadSizes,
  ) {
    this.segmented = new SegmentedUploads(client, storage, waits);
  }

  /** Costs one counted call, two when segmented, and more only after faults. */
  async upload(request: UploadRequest, call: Call): Promise<Uploaded> {
    const isLarge = request.content.size > this.sizes.segmentThreshold;
    const plan = isLarge ? await planSegments(request.content, this.sizes.segment) : null;
    const resumed = plan && (await this.segmented.resume(plan, request, call));
    if (resumed) return resumed;
    const isRepeatable = (error: unknown) => error instanceof StaleUploadError;
    return retried({ waits: this.waits, signal: call.signal, attempts: UPLOAD_TRIES, isRepeatable }, () =>
      this.begin(request, plan, call),
    );
  }

  private async begin(request: UploadRequest, plan: SegmentPlan | null, call: Call): Promise<Uploaded> {
    const { content, name } = request;
    const upload: Json = { response_filename: name, response_content_type: mediaType(name), size: content.size };
    if (plan) upload['segments'] = plan.segments.map(({ size, sha256 }) => ({ size, sha256 }));
    const reply = objectOf((await this.client.createUpload(upload, call)).json);
    const uuid = textOf(reply?.['uuid']);
    const segments = rowsOf(reply?.['segments']);
    const fields = recordOf(reply?.['fields']);
    const url = textOf(reply?.['url']);
    if (uuid && segments && segments.length > 0) return this.segmented.transfer(uuid, segments, plan, request, call);
    if (uuid && fields && url) return { uuid, sha256: await this.post(url, fields, request, call), isResumed: false };
    throw new PlatformError('PLATFORM_ERROR', 'Procore prepared an upload in a way that is not known.');
  }

  private async post(url: string, fields: Json, { name, content }: UploadRequest, call: Call): Promise<string> {
    let sha256 = '';
    const form = formBody(fields, { name, type: mediaType(name), size: content.size }, this.waits.random);
    const body = async function* () {
      sha256 = yield* form.stream(content);
    };
    await this.storage.send({ method: 'POST', url, headers: form.headers, body }, call.signal);
    return sha256;
  }
}
