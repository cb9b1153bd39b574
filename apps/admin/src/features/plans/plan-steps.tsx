import { TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { IconArrowNarrowRight, IconFile, IconFolder, IconSearch } from '@tabler/icons-react';
import { useMemo, useState, type JSX, type ReactNode } from 'react';
import { listState } from '../../domain/list-state.js';
import { actionOf, ActionTag, ALL_ACTIONS } from '../../domain/job/job-tags.js';
import { usePages } from '../../graphql/pages.js';
import { usePlacedPages } from '../../graphql/use-placed-pages.js';
import type { DataColumn } from '../../ui/data-column.js';
import { DataTable } from '../../ui/data-table.js';
import { LongTable } from '../../ui/long-table.js';
import { formatBytes, formatCount } from '../../ui/format.js';
import { lazily } from '../../ui/lazily.js';
import { TextLink } from '../../ui/links.js';
import { Panel } from '../../ui/page.js';
import { useSettledText } from '../../ui/settled-text.js';
import { Blank } from '../../ui/states.js';
import { StatusTag, toneClass } from '../../ui/tag.js';
import uiStyles from '../../ui/ui.module.css';
import type { Asked } from './asked.js';
import type { PlanData } from './data.js';
import styles from './plans.module.css';
import { readDestructive, stepsOf, type Step } from './steps-data.js';
import { t } from './words.js';

const StepDrawer = lazily(async () => (await import('./step-drawer.js')).StepDrawer);

const route = getRouteApi('/shell/plans/$planId');
/** Destructive steps that stand before the others; all of them are one click away. */
const SHOWN_APART = 10;

/** The steps of the plan: those that lose or replace content first and apart, then all that the address asks for. */
export function PlanSteps({
  plan,
  children,
}: {
  plan: PlanData;
  /** What stands before the whole list, behind whose last row nobody looks. */
  children: ReactNode;
}): JSX.Element {
  const asked = route.useSearch();
  const [open, setOpen] = useState<Step | null>(null);
  const columns = useMemo(() => columnsOf(setOpen), []);
  const filter = JSON.stringify(asked);
  const source = useMemo(() => stepsOf(plan.id, JSON.parse(filter) as Asked), [plan.id, filter]);
  const pages = usePlacedPages(source);
  const isNarrowed = Object.values(asked).some((value) => value !== undefined);
  return (
    <>
      <ActionFilters plan={plan} asked={asked} />
      {!isNarrowed && <DestructiveSteps plan={plan} columns={columns} />}
      {!isNarrowed && children}
      <Panel
        title={pages.total === null ? t('steps') : t('count', { count: pages.total })}
        isFlush
        aside={<PathSearch asked={asked} />}
      >
        <LongTable
          key={filter}
          label={t('steps')}
          columns={columns}
          rows={pages}
          blank={
            <Blank title={t(isNarrowed ? 'noMatch' : 'noSteps')}>
              {t(isNarrowed ? 'chooseOther' : 'nothingWould')}
            </Blank>
          }
        />
      </Panel>
      {open && <StepDrawer step={open} onClose={() => setOpen(null)} />}
    </>
  );
}

/** Counts of each action, each of them a filter. */
function ActionFilters({ plan, asked }: { plan: PlanData; asked: Asked }): JSX.Element | null {
  const totals = (plan.summary?.totals ?? []).filter(({ itemCount }) => itemCount > 0);
  const destructive = plan.summary?.destructiveCount ?? 0;
  if (totals.length === 0) return null;
  const sorted = totals.toSorted((one, other) => ALL_ACTIONS.indexOf(one.action) - ALL_ACTIONS.indexOf(other.action));
  const all = totals.reduce((sum, { itemCount }) => sum + itemCount, 0);
  const chip = (search: Asked, label: string, count: number, tone: Parameters<typeof toneClass>[0], note?: string) => {
    const isShown = asked.action === search.action && asked.destructive === search.destructive;
    return (
      <li key={label}>
        <TextLink
          to="/plans/$planId"
          params={{ planId: plan.id }}
          search={{ ...search, path: asked.path }}
          resetScroll={false}
          aria-current={isShown ? 'true' : undefined}
          className={`${styles.chip ?? ''} ${toneClass(tone)}`}
        >
          <strong>{formatCount(count)}</strong> {label}
          {note && <span className={styles.note}>{note}</span>}
        </TextLink>
      </li>
    );
  };
  return (
    <ul className={styles.chips} aria-label={t('filterByAction')}>
      {chip({}, t('all'), all, 'idle')}
      {destructive > 0 && chip({ destructive: true }, t('losesContent'), destructive, 'bad')}
      {sorted.map(({ action, itemCount, byteCount }) => {
        const { label, tone } = actionOf(action);
        return chip({ action }, label, itemCount, tone, byteCount > 0 ? formatBytes(byteCount) : undefined);
      })}
    </ul>
  );
}

function DestructiveSteps({
  plan,
  columns,
}: {
  plan: PlanData;
  columns: readonly DataColumn<Step>[];
}): JSX.Element | null {
  const count = plan.summary?.destructiveCount ?? 0;
  const query = count > 0 ? `${plan.id} destructive` : null;
  const pages = usePages(query, () => readDestructive(plan.id, SHOWN_APART));
  if (count === 0) return null;
  const all = (
    <TextLink
      to="/plans/$planId"
      params={{ planId: plan.id }}
      search={{ destructive: true }}
      resetScroll={false}
      className={uiStyles.small}
    >
      {t('showAll')}
    </TextLink>
  );
  return (
    <Panel title={t('destructiveCount', { count })} isFlush aside={count > SHOWN_APART && all}>
      <DataTable
        label={t('destructiveFirst')}
        columns={columns}
        rows={pages.nodes}
        keyOf={({ side, sourcePath, destinationPath }) => `${side} ${sourcePath} ${destinationPath}`}
        list={{ ...listState(pages), hasMore: false }}
        blank={null}
      />
    </Panel>
  );
}

/** Looks for a part of the path a moment after it was typed. */
function PathSearch({ asked }: { asked: Asked }): JSX.Element {
  const navigate = route.useNavigate();
  const onSettle = (path: string) =>
    void navigate({ search: (before) => ({ ...before, path: path || undefined }), replace: true, resetScroll: false });
  const { text, setText } = useSettledText(asked.path ?? '', onSettle, 300);
  return (
    <TextInput
      type="search"
      size="xs"
      w={210}
      aria-label={t('searchSteps')}
      placeholder={t('partOfPath')}
      leftSection={<IconSearch size={14} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}

const columnsOf = (onOpen: (step: Step) => void): DataColumn<Step>[] => [
  { id: 'action', head: t('action'), width: '112px', cell: (step) => <ActionTag action={step.action} /> },
  {
    id: 'item',
    head: t('item'),
    width: 'minmax(230px, 1.4fr)',
    cell: (step) => <Place step={step} onOpen={() => onOpen(step)} />,
  },
  {
    id: 'why',
    head: t('why'),
    width: 'minmax(170px, 1fr)',
    cell: (step) => (
      <>
        {step.isDestructive && <StatusTag tone="warn" label={t('replaces')} />}{' '}
        <span className={uiStyles.dim}>{step.message}</span>
      </>
    ),
  },
  {
    id: 'size',
    head: t('size'),
    width: '84px',
    isFigure: true,
    cell: (step) => (step.kind === 'FOLDER' ? '–' : formatBytes(step.byteCount)),
  },
];

/** Where the item is, and where it will be if that is elsewhere. */
function Place({ step, onOpen }: { step: Step; onOpen: () => void }): JSX.Element {
  const { kind, sourcePath, destinationPath, action, isRevised } = step;
  const Icon = kind === 'FOLDER' ? IconFolder : IconFile;
  const isElsewhere = isRevised || action === 'MOVE' || action === 'RENAME';
  const goesTo = isElsewhere && sourcePath !== null && destinationPath !== sourcePath ? destinationPath : null;
  return (
    <>
      <button type="button" className={uiStyles.opener} onClick={onOpen}>
        <Icon size={16} stroke={1.6} aria-label={t(kind === 'FOLDER' ? 'folder' : 'file')} />
        <span>{sourcePath ?? destinationPath ?? '/'}</span>
      </button>
      {goesTo !== null && (
        <span className={styles.goesTo}>
          <IconArrowNarrowRight size={15} aria-label={t('becomes')} /> {goesTo}
        </span>
      )}
    </>
  );
}
