import type { JSX } from 'react';
import { Loading } from './states.js';
import { t } from './words.js';

/** In place of a page, or of the part of one that fills it, while it is loaded. */
export function PagePending(): JSX.Element {
  return <Loading label={t('loadingPage')} rows={5} />;
}
