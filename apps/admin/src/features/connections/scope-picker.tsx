import { Radio, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState, type JSX } from 'react';
import { client } from '../../graphql/client.js';
import { graphql } from '@sluice/client/graphql';
import { failureSentence } from '../../graphql/problems.js';
import { Loading } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { Failure } from '../../domain/failure.js';
import { t } from './words.js';
import '../../theme/radio.css';

const Scopes = graphql(`
  query Scopes($id: ID!, $companyId: String, $search: String) {
    connection(id: $id) {
      id
      scopes(companyId: $companyId, search: $search) {
        remoteId
        name
        detail
      }
    }
  }
`);

type Found = { remoteId: string; name: string; detail: string | null }[];

export interface ScopePickerProps {
  connectionId: string;
  /** Company whose projects to list; null lists companies. */
  companyId: string | null;
  label: string;
  searchLabel: string;
  value: string | null;
  onChange: (remoteId: string) => void;
}

/** A list of companies, or of the projects of one, to choose from. */
export function ScopePicker(props: ScopePickerProps): JSX.Element {
  const { connectionId, companyId, label, searchLabel, value, onChange } = props;
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search.trim(), 300);
  const [found, setFound] = useState<{ list: Found | null; failure: string | null }>({ list: null, failure: null });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    client
      .query({
        query: Scopes,
        variables: { id: connectionId, companyId, search: asked || null },
        fetchPolicy: 'no-cache',
      })
      .then(({ data }) => data?.connection?.scopes ?? [])
      .then((list) => isCurrent && setFound({ list, failure: null }))
      .catch((error: unknown) => isCurrent && setFound({ list: null, failure: failureSentence(error) }));
    return () => {
      isCurrent = false;
    };
  }, [connectionId, companyId, asked, tries]);
  const only = found.list?.length === 1 && asked === '' ? found.list[0]?.remoteId : undefined;
  useEffect(() => {
    if (only !== undefined && value === null) onChange(only);
  }, [only, value, onChange]);
  if (found.failure) return <Failure error={found.failure} onRetry={() => setTries(tries + 1)} />;
  return (
    <div className={`${styles.stack ?? ''} ${styles.tight ?? ''}`}>
      <TextInput
        aria-label={searchLabel}
        placeholder={searchLabel}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {found.list === null ? (
        <Loading label={t('loadingList', { label })} rows={3} />
      ) : (
        <ScopeList label={label} found={found.list} value={value} onChange={onChange} />
      )}
    </div>
  );
}

function ScopeList({
  label,
  found,
  value,
  onChange,
}: {
  label: string;
  found: Found;
  value: string | null;
  onChange: (remoteId: string) => void;
}): JSX.Element {
  if (found.length === 0) {
    return <p className={styles.dim}>{t('nothingFound')}</p>;
  }
  return (
    <Radio.Group aria-label={label} value={value} onChange={onChange} role="radiogroup">
      <div className={`${styles.framed ?? ''} ${styles.scrolled ?? ''}`}>
        <ul className={styles.list}>
          {found.map((scope) => (
            <li key={scope.remoteId}>
              <Radio value={scope.remoteId} label={scope.name} description={scope.detail} />
            </li>
          ))}
        </ul>
      </div>
    </Radio.Group>
  );
}
