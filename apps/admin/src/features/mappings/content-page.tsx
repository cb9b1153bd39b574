import type { JSX } from 'react';
import { Entries } from './entries.js';
import { MappingFrame } from './frame.js';
import { Rules } from './rules-panel.js';

/** What a set says: rules of metadata, entries of all else. */
export function ContentPage(): JSX.Element {
  return (
    <MappingFrame>
      {(page) => (page.set.kind === 'METADATA' ? <Rules page={page} /> : <Entries page={page} />)}
    </MappingFrame>
  );
}
