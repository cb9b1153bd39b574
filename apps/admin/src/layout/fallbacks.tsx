import type { ErrorComponentProps } from '@tanstack/react-router';
import type { JSX } from 'react';
import { NotThere } from '../ui/not-there.js';
import { Page, Panel } from '../ui/page.js';
import { Loading } from '../ui/states.js';
import { Failure } from '../domain/failure.js';

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
