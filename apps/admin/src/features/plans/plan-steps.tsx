import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowNarrowRight, IconFile, IconFolder, IconSearch } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { client } from '../../graphql/client.js';
import { graphql, type ResultOf } from '@sluice/client/graphql';
import { ListError, usePages, type Page } from '../../graphql/pages.js';
import { countOf, formatBytes, lastSegment } from '../../ui/format.js';
import { Panel } from '../../ui/page.js';
import { Blank, Loading } from '../../ui/states.js';
import { StatusTag } from '../../ui/tag.js';
import { Clipped, VirtualTable, type Column } from '../../ui/virtual-table.js';
import { actionOf, ActionTag, ALL_ACTIONS } from '../../domain/job/job-tags.js';
import { Failure } from '../../domain/failure.js';

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

const CHOICES = [
  { value: '', label: 'All actions' },
  { value: 'DESTRUCTIVE', label: 'Only what loses or replaces content' },
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
  if (!data?.plan) throw new ListError('The steps of this plan cannot be read.');
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
      title={pages.total === null ? 'Steps' : countOf(pages.total, 'step')}
      isFlush
      aside={
        <>
          <NativeSelect
            size="xs"
            aria-label="Show steps by action"
            data={CHOICES}
            value={choice}
            onChange={(event) => setChoice(event.currentTarget.value)}
          />
          <TextInput
            type="search"
            size="xs"
            w={210}
            aria-label="Search steps by path"
            placeholder="Beginning of the path"
            leftSection={<IconSearch size={14} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </>
      }
    >
      {!isEmpty && (
        <VirtualTable
          label="Steps"
          columns={COLUMNS}
          items={pages.nodes}
          keyOf={(step, index) => `${index} ${step.sourcePath ?? step.destinationPath ?? ''}`}
          hasMore={pages.hasMore}
          onEnd={pages.loadMore}
        />
      )}
      {isEmpty && pages.status === 'loading' && <Loading label="Loading steps" />}
      {isEmpty && pages.status === 'idle' && (
        <Blank title={choice === '' && path === '' ? 'The plan has no steps' : 'No step matches'}>
          {choice === '' && path === ''
            ? 'Both sides are equal; a run would do nothing.'
            : 'Choose another action or a shorter path.'}
        </Blank>
      )}
      {pages.status === 'failed' && <Failure error={pages.failure ?? ''} onRetry={pages.refresh} />}
    </Panel>
  );
}

const COLUMNS: readonly Column<Step>[] = [
  { head: 'Action', width: '110px', cell: (step) => <ActionTag action={step.action} /> },
  {
    head: 'Item',
    width: 'minmax(260px, 1.4fr)',
    cell: (step) => {
      const Icon = step.kind === 'FOLDER' ? IconFolder : IconFile;
      const isElsewhere =
        step.destinationPath !== null && step.sourcePath !== null && step.destinationPath !== step.sourcePath;
      return (
        <>
          <Icon size={16} stroke={1.6} aria-label={step.kind === 'FOLDER' ? 'Folder' : 'File'} />
          <Clipped text={step.sourcePath ?? step.destinationPath ?? '/'} />
          {isElsewhere && step.isRevised && (
            <>
              <IconArrowNarrowRight size={15} aria-label="becomes" />
              <Clipped text={lastSegment(step.destinationPath ?? '')} isDim />
            </>
          )}
        </>
      );
    },
  },
  {
    head: 'Why',
    width: 'minmax(220px, 1fr)',
    cell: (step) => (
      <>
        {step.isDestructive && <StatusTag tone="warn" label="Replaces" />}
        <Clipped text={step.message} isDim />
      </>
    ),
  },
  {
    head: 'Size',
    width: '90px',
    isFigure: true,
    cell: (step) => (step.kind === 'FOLDER' ? '–' : formatBytes(step.byteCount)),
  },
];
