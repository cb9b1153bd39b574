import type { JSX } from 'react';
import { ButtonLink } from './links.js';
import { Page, Panel } from './page.js';
import { Blank } from './states.js';
import { t } from './words.js';

/** For an object or an address that does not exist; `title` says which. */
export function NotThere({ title }: { title: string }): JSX.Element {
  return (
    <Page title={t('notFound')}>
      <Panel title={title} isFlush>
        <Blank title={t('mayBeDeleted')} action={<ButtonLink to="/">{t('goToOverview')}</ButtonLink>}>
          {t('leadsNowhere')}
        </Blank>
      </Panel>
    </Page>
  );
}
