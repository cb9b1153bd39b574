import type { ErrorComponentProps } from '@tanstack/react-router';
import type { JSX } from 'react';
import { ButtonLink } from '../ui/links.js';
import { Page, Panel } from '../ui/page.js';
import { Blank, Failure, Loading } from '../ui/states.js';

export function PagePending(): JSX.Element {
  return <Loading label="Loading the page" rows={5} />;
}

export function PageFailed({ error, reset }: ErrorComponentProps): JSX.Element {
  return (
    <Page title="This page could not be shown">
      <Panel title="What happened">
        <Failure error={error} onRetry={reset} />
      </Panel>
    </Page>
  );
}

/** For an address that leads nowhere. */
export function NoSuchPage(): JSX.Element {
  return <NotThere what="page" />;
}

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
