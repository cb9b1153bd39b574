import type { JSX } from 'react';
import { ButtonLink } from './links.js';
import { Page, Panel } from './page.js';
import { Blank } from './states.js';

/** For an object that does not exist. */
export function NotThere({ what }: { what: string }): JSX.Element {
  return (
    <Page title="Not found">
      <Panel title={`There is no such ${what}`} isFlush>
        <Blank title="It may have been deleted" action={<ButtonLink to="/">Go to the overview</ButtonLink>}>
          The address leads to a {what} that does not exist, or that your account may not see.
        </Blank>
      </Panel>
    </Page>
  );
}
