import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowNarrowRight, IconFile, IconFolder, IconSearch } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { client } from '../../graphql/client.js';
import { graphql, type ResultOf } from '@sluice/client/graphql';
import { ListError, usePages, type Page } from '../../graphql/pages.js';
import { formatBytes, lastSegment } from '../../ui/format.js';
import { Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import { StatusTag } from '../../ui/tag.js';
import { Clipped, VirtualTable, type Column } from '../../ui/virtual-table.js';
import { actionOf, ActionTag, ALL_ACTIONS } from '../../domain/job/job-tags.js';
import { Failure } from '../../domain/failure.js';
import { t } from './words.js';

const StepsQuery = graphql(`
  query PlanSteps($id: ID!, $filter: PlanStepFilter, $after: String) {
    plan(id: $id) {
      id
      steps(first: 100, filter: $filter, after: $after) {
        totalCount
        nodes {
          action
          side
          kind
          sourcePath
          destinationPath
          reason
          message
          byteCount
          isDestructive
          isRevised
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

type Step = NonNullable<ResultOf<typeof StepsQuery>['plan']>['steps']['nodes'][number];

const choices = () => [
  { value: '', label: t('allActions') },
  { value: 'DESTRUCTIVE', label: t('onlyDestructive') },
  ...ALL_ACTIONS.map((value) => ({ value, label: actionOf(value).label })),
];

async function readSteps(planId: string, choice: string, path: string, after: string | null): Promise<Page<Step>> {
  const filter = {
    ...(choice === 'DESTRUCTIVE'
      ? { isDestructive: true }
      : choice === ''
        ? {}
        : { actions: [choice as Step['action']] }),
    ...(path === '' ? {} : { pathStartsWith: path.startsWith('/') ? path : `/${path}` }),
  };
  const { data } = await client.query({
    query: StepsQuery,
    variables: { id: planId, filter, after },
    fetchPolicy: 'no-cache',
  });
  if (!data?.plan) throw new ListError(t('notRead'));
  return data.plan.steps;
}

/** Every step of the plan. */
export function PlanSteps({ planId }: { planId: string }): JSX.Element {
  const [choice, setChoice] = useState('');
  const [text, setText] = useState('');
  const [path] = useDebouncedValue(text.trim(), 300);
  const pages = usePages(`${planId} ${choice} ${path}`, (after) => readSteps(planId, choice, path, after));
  const isEmpty = pages.nodes.length === 0;
  return (
    <Panel
      title={pages.total === null ? t('steps') : t('count', { count: pages.total })}
      isFlush
      aside={
        <>
          <NativeSelect
            size="xs"
            aria-label={t('showByAction')}
            data={choices()}
            value={choice}
            onChange={(event) => setChoice(event.currentTarget.value)}
          />
          <TextInput
            type="search"
            size="xs"
            w={210}
            aria-label={t('searchSteps')}
            placeholder={t('beginningOfPath')}
            leftSection={<IconSearch size={14} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </>
      }
    >
      {!isEmpty && (
        <VirtualTable
          label={t('steps')}
          columns={columns()}
          items={pages.nodes}
          keyOf={(step, index) => `${index} ${step.sourcePath ?? step.destinationPath ?? ''}`}
          hasMore={pages.hasMore}
          onEnd={pages.loadMore}
        />
      )}
      {isEmpty && pages.status === 'loading' && <Loading label={t('loadingSteps')} />}
      {isEmpty && pages.status === 'idle' && (
        <Blank title={choice === '' && path === '' ? t('noSteps') : t('noMatch')}>
          {choice === '' && path === '' ? t('nothingWould') : t('chooseOther')}
        </Blank>
      )}
      {pages.status === 'failed' && <Failure error={pages.failure ?? ''} onRetry={pages.refresh} />}
    </Panel>
  );
}

const columns = (): readonly Column<Step>[] => [
  { head: t('action'), width: '110px', cell: (step) => <ActionTag action={step.action} /> },
  {
    head: t('item'),
    width: 'minmax(260px, 1.4fr)',
    cell: (step) => {
      const Icon = step.kind === 'FOLDER' ? IconFolder : IconFile;
      const isElsewhere =
        step.destinationPath !== null && step.sourcePath !== null && step.destinationPath !== step.sourcePath;
      return (
        <>
          <Icon size={16} stroke={1.6} aria-label={step.kind === 'FOLDER' ? t('folder') : t('file')} />
          <Clipped text={step.sourcePath ?? step.destinationPath ?? '/'} />
          {isElsewhere && step.isRevised && (
            <>
              <IconArrowNarrowRight size={15} aria-label={t('becomes')} />
              <Clipped text={lastSegment(step.destinationPath ?? '')} isDim />
            </>
          )}
        </>
      );
    },
  },
  {
    head: t('why'),
    width: 'minmax(220px, 1fr)',
    cell: (step) => (
      <>
        {step.isDestructive && <StatusTag tone="warn" label={t('replaces')} />}
        <Clipped text={step.message} isDim />
      </>
    ),
  },
  {
    head: t('size'),
    width: '90px',
    isFigure: true,
    cell: (step) => (step.kind === 'FOLDER' ? '–' : formatBytes(step.byteCount)),
  },
];
