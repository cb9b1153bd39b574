/*
 * The room of settings: language and colours of this browser, and what the server tells of itself.
 */
import { useQuery } from '@apollo/client/react';
import { SegmentedControl, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import type { JSX } from 'react';
import { Failure } from '../../domain/failure.js';
import { chooseLanguage, language, LANGUAGES } from '../../language/language.js';
import { Page, Panel } from '../../ui/page.js';
import { Loading } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { SettingsQuery } from './data.js';
import { Limits, Platforms, Server } from './server-panels.js';
import own from './settings.module.css';
import { t } from './words.js';
import '../../theme/segmented-control.css';

export function SettingsPage(): JSX.Element {
  const { data, error, refetch } = useQuery(SettingsQuery, { fetchPolicy: 'network-only' });
  return (
    <Page title={t('title')} lead={t('lead')}>
      <div className={styles.columns}>
        <Yours />
        {data?.server && <Server server={data.server} />}
        {data?.platforms && <Platforms platforms={data.platforms} />}
        {data?.server && <Limits limits={data.server.limits} />}
      </div>
      {!data && (
        <Panel title={t('server')} isFlush>
          {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('server')} />}
        </Panel>
      )}
    </Page>
  );
}

/** Each language by its own name, so that its speakers find it. */
const NAMES: Record<(typeof LANGUAGES)[number], string> = { en: 'English', de: 'Deutsch' };

function Yours(): JSX.Element {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const schemes: { value: MantineColorScheme; label: string }[] = [
    { value: 'auto', label: t('schemeAuto') },
    { value: 'light', label: t('schemeLight') },
    { value: 'dark', label: t('schemeDark') },
  ];
  return (
    <Panel title={t('yours')}>
      <div className={styles.stack}>
        <div role="group" aria-labelledby="settings-language">
          <span id="settings-language" className={own.label}>
            {t('language')}
          </span>
          <SegmentedControl
            data={LANGUAGES.map((value) => ({ value, label: <span lang={value}>{NAMES[value]}</span> }))}
            value={language}
            onChange={(value) => chooseLanguage(LANGUAGES.find((one) => one === value) ?? 'en')}
          />
          <span className={styles.sub}>{t('languageHelp')}</span>
        </div>
        <div role="group" aria-labelledby="settings-scheme">
          <span id="settings-scheme" className={own.label}>
            {t('scheme')}
          </span>
          <SegmentedControl data={schemes} value={colorScheme} onChange={setColorScheme} />
        </div>
      </div>
    </Panel>
  );
}
