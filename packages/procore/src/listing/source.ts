import type { ByteRange, Call, Item, ListEntry, ListRequest, Source } from '@sluice/core/platform';
import type { Downloads } from '../download/download.js';
import { listFolder } from './listing.js';
import type { AccessLadder } from '../sign-in/ladder.js';
import type { Project } from './project.js';

export class ProcoreSource implements Source {
  constructor(
    private readonly project: Project,
    private readonly ladder: AccessLadder,
    private readonly downloads: Downloads,
  ) {}

  list(request: ListRequest, call: Call): AsyncIterable<ListEntry> {
    return listFolder(this.project, this.ladder, request, call);
  }

  open(item: Item, call: Call, range?: ByteRange): AsyncIterable<Uint8Array> {
    return this.downloads.open(item, call, range);
  }
}
