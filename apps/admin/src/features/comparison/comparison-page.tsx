import { useQuery } from '@apollo/client/react';
import { Switch } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { Page, Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import uiStyles from '../../ui/ui.module.css';
import { SidePicker } from '../../domain/connection/side-picker.js';
import { sideOf, SidesQuery, type Sides } from '../../domain/connection/sides.js';
import { grouped, PlatformComparisonQuery, type ComparisonRow } from './data.js';
import styles from './comparison.module.css';
import { Failure } from '../../domain/failure.js';
import { groupWord, VerdictTag } from './comparison-tags.js';
import { t } from './words.js';
import '../../theme/switch.css';

const route = getRouteApi('/shell/comparison');

export function ComparisonPage(): JSX.Element {
  const { data, error, refetch } = useQuery(SidesQuery);
  const platforms = data?.platforms ?? [];
  const [first, last] = [platforms[0], platforms.at(-1)];
  const body = () => {
    if (first && last && data) return <Comparison sides={data} defaults={{ from: first.key, to: last.key }} />;
    return error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('loading')} />;
  };
  return (
    <Page title={t('title')} lead={t('lead')}>
      {body()}
    </Page>
  );
}

interface Choice {
  from: string;
  to: string;
}

function Comparison({ sides, defaults }: { sides: Sides; defaults: Choice }): JSX.Element {
  const { from = defaults.from, to = defaults.to } = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (change: Partial<Choice>) => void navigate({ search: { from, to, ...change }, replace: true });
  const variables = { source: sideOf(from, sides), destination: sideOf(to, sides) };
  const { data, previousData, error, refetch } = useQuery(PlatformComparisonQuery, { variables });
  const [isLossOnly, setLossOnly] = useState(false);
  const rows = error ? null : (data ?? previousData)?.platformComparison;
  const losses = (rows ?? []).filter(({ verdict }) => verdict === 'LOSSY');
  return (
    <>
      <ChosenSides sides={sides} chosen={{ from, to }} onChoose={choose} />
      <Panel
        title={rows ? t('differences', { count: losses.length }) : t('comparison')}
        isFlush
        aside={
          <Switch
            size="xs"
            label={t('onlyDifferences')}
            checked={isLossOnly}
            onChange={(event) => setLossOnly(event.currentTarget.checked)}
          />
        }
      >
        {!rows &&
          (error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading label={t('comparing')} />)}
        {rows && isLossOnly && losses.length === 0 && <Blank title={t('nothingLost')}>{t('nothingLostWhy')}</Blank>}
        {rows && (!isLossOnly || losses.length > 0) && <Rows rows={isLossOnly ? losses : rows} />}
      </Panel>
    </>
  );
}

interface ChosenSidesProps {
  sides: Sides;
  chosen: Choice;
  onChoose: (change: Partial<Choice>) => void;
}

function ChosenSides({ sides, chosen: { from, to }, onChoose }: ChosenSidesProps): JSX.Element {
  return (
    <div className={styles.sides}>
      <SidePicker
        label={t('from')}
        className={styles.side}
        sides={sides}
        value={from}
        onChange={(value) => onChoose({ from: value })}
      />
      <IconArrowRight className={styles.sidesArrow} size={20} aria-hidden />
      <SidePicker
        label={t('to')}
        className={styles.side}
        sides={sides}
        value={to}
        onChange={(value) => onChoose({ to: value })}
      />
    </div>
  );
}

function Rows({ rows }: { rows: readonly ComparisonRow[] }): JSX.Element {
  return (
    <div className={uiStyles.tableScroll}>
      <table
        className={`${uiStyles.table ?? ''} ${uiStyles.cards ?? ''} ${styles.comparison ?? ''}`}
        aria-label={t('comparison')}
      >
        <thead>
          <tr>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('from')}</th>
            <th scope="col">{t('to')}</th>
            <th scope="col">{t('effect')}</th>
          </tr>
        </thead>
        {grouped(rows).map(([group, some]) => (
          <tbody key={group}>
            <tr className={styles.groupRow}>
              <th scope="rowgroup" colSpan={4}>
                {groupWord(group)}
              </th>
            </tr>
            {some.map((row) => (
              <Row key={row.label} row={row} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function Row({ row }: { row: ComparisonRow }): JSX.Element {
  return (
    <tr className={row.verdict === 'NOT_APPLICABLE' ? uiStyles.dim : undefined}>
      <th scope="row" className={styles.rowName}>
        {row.label}
      </th>
      <td data-label={t('from')} className={uiStyles.dim}>
        {row.sourceValue}
      </td>
      <td data-label={t('to')} className={uiStyles.dim}>
        {row.destinationValue}
      </td>
      <td>
        <VerdictTag verdict={row.verdict} />
        <span className={styles.effect}>{row.effect}</span>
      </td>
    </tr>
  );
}
