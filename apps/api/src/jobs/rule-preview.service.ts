import type { Clock } from '@sluice/core/http';
import type { Call } from '@sluice/core/platform';
import { inputError } from '../graphql/input-error.js';
import { Problems } from '../problems.js';
import type { LocationValue } from './job-reader.js';
import { readPath, segmentsOf } from './location.js';
import type { ConnectionAccess } from './ports.js';
import { previewRules, type PreviewRow } from './rule-preview.js';
import { readRules } from './rules.js';
import type { ItemRuleInput } from './rules.types.js';

export interface PreviewRequest {
  location: LocationValue;
  rules: readonly ItemRuleInput[];
  /** Most rows. */
  first: number;
}

export class RulePreviewService {
  constructor(
    private readonly connections: ConnectionAccess,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** What filters do at a location; null where there is no such connection. Throws `PlatformError` when it cannot be listed. */
  async preview({ location, rules: inputs, first }: PreviewRequest, call: Call): Promise<PreviewRow[] | null> {
    const { connectionId, at } = location;
    const problems = new Problems();
    const rules = readRules(inputs, problems, ['rules']);
    const path = readPath(at?.path ?? '/', problems, ['location', 'at', 'path']);
    for (const { field, message } of problems.list) throw inputError(field ?? [], `is wrong: ${message}`);
    const [row] = await this.connections.byIds([connectionId]);
    if (!row) return null;
    const platform = await this.connections.open(connectionId);
    const folder = at?.remoteId == null ? { path: segmentsOf(path ?? '/') } : { id: at.remoteId };
    return previewRules({ platform, folder, rules, first, now: this.clock.now() }, call);
  }
}
