import { useQuery } from '@apollo/client/react';
import { graphql, type EnumOf, type ResultOf } from '@sluice/client/graphql';
import type { JSX, ReactNode } from 'react';
import { Failure } from '../../domain/failure.js';
import { formatBytes, wordOf } from '../../ui/format.js';
import { TextLink } from '../../ui/links.js';
import { Facts, Panel } from '../../ui/page.js';
import { Loading } from '../../ui/states.js';
import { StatusTag, type Tone } from '../../ui/tag.js';
import styles from '../../ui/ui.module.css';
import { ConnectionFrame } from './frame.js';
import { t } from './words.js';

const HoldsQuery = graphql(`
  query ConnectionHolds($id: ID!) {
    connection(id: $id) {
      id
      capabilities {
        capability
        level
        note
      }
      platform {
        key
        limits {
          maxFileBytes
          maxPathLength
          maxSegmentLength
          forbiddenCharacters
          reservedNames
        }
      }
    }
  }
`);
type Held = NonNullable<ResultOf<typeof HoldsQuery>['connection']>;

const TONES: Record<EnumOf<'SupportLevel'>, Tone> = { FULL: 'ok', LIMITED: 'warn', EMULATED: 'warn', NONE: 'idle' };

export function CapabilitiesPage(): JSX.Element {
  return <ConnectionFrame>{({ id }) => <Holds id={id} />}</ConnectionFrame>;
}

function Holds({ id }: { id: string }): JSX.Element {
  const { data, error, refetch } = useQuery(HoldsQuery, { variables: { id } });
  if (data?.connection) return <Held id={id} held={data.connection} />;
  return (
    <Panel title={t('canHold')} isFlush>
      {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('loadingHolds')} />}
    </Panel>
  );
}

function Held({ id, held }: { id: string; held: Held }): JSX.Element {
  return (
    <>
      <p className={styles.intro}>
        {t('canHoldLead')}{' '}
        <TextLink to="/comparison" search={{ from: id }}>
          {t('compareIt')}
        </TextLink>
      </p>
      <Panel title={t('canHold')} isFlush>
        <ul className={styles.list}>
          {held.capabilities.map(({ capability, level, note }) => (
            <li key={capability}>
              <div className={styles.row}>
                <span className={styles.grow}>{t.known('capability', capability) ?? wordOf(capability)}</span>
                <StatusTag tone={TONES[level]} label={t.known('level', level) ?? wordOf(level)} />
              </div>
              {note !== null && <span className={styles.sub}>{note}</span>}
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t('limits')}>
        <Facts facts={limitsOf(held.platform.limits)} />
      </Panel>
    </>
  );
}

function limitsOf(limits: Held['platform']['limits']): (readonly [string, ReactNode])[] {
  const length = (most: number | null) => (most === null ? t('unlimited') : t('characters', { count: most }));
  const list = (names: readonly string[]) => (names.length === 0 ? t('noneOfThem') : names.join(' '));
  return [
    [t('largestFile'), limits.maxFileBytes === null ? t('unlimited') : formatBytes(limits.maxFileBytes)],
    [t('longestPath'), length(limits.maxPathLength)],
    [t('longestName'), length(limits.maxSegmentLength)],
    [
      t('forbidden'),
      <span key="forbidden" className={styles.path}>
        {list(limits.forbiddenCharacters)}
      </span>,
    ],
    [
      t('reserved'),
      <span key="reserved" className={styles.path}>
        {list(limits.reservedNames)}
      </span>,
    ],
  ];
}
