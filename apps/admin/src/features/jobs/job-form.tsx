import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useId, useState, type JSX } from 'react';
import { sortProblems, type Problem } from '../../graphql/problems.js';
import { ButtonLink } from '../../ui/links.js';
import { Panel } from '../../ui/page.js';
import { Problems } from '../../ui/states.js';
import styles from '../../ui/ui.module.css';
import { BandwidthPanel } from './bandwidth-panel.js';
import { checkJob, createInput, defaultsOf, withType, type JobValues, type PolicyDefaults } from './job-input.js';
import { LocationFields, type ConnectionChoice } from './location-fields.js';
import { policyDifferences } from './policies.js';
import { PolicyFields } from './policy-fields.js';
import { RulePanel } from './rule-fields.js';
import { SchedulePanel } from './schedule-panel.js';
import {
  hasContents,
  isOffered,
  isTransfer,
  OFFERED_TYPES,
  typeLabel,
  typeSentence,
} from '../../domain/job/transfer-types.js';
import { UnsavedIssues } from './unsaved-issues.js';
import { focusField } from '../../ui/focus.js';
import { t } from './words.js';

interface JobFormProps {
  start: JobValues;
  /** Whether the job is there already; it keeps its type. */
  isSaved: boolean;
  defaults: PolicyDefaults;
  connections: readonly ConnectionChoice[];
  action: string;
  cancel: { to: '/jobs' } | { to: '/jobs/$jobId'; params: { jobId: string } };
  /** Saves the job; returns what the server refused, empty when it is saved and null when the server gave no answer. */
  onSave: (values: JobValues) => Promise<readonly Problem[] | null>;
}

const isKnown = (path: string) =>
  ['name', 'description', 'transferType', 'source', 'destination', 'rules'].includes(path) ||
  /^(source|destination)\.(connectionId|at)$/.test(path) ||
  /^policies\.(\w+|bandwidth\.\d+)$/.test(path) ||
  /^schedule\.(timeZone|starts\.\w+|windows\.\d+)$/.test(path);

export function JobForm({ start, isSaved, defaults, connections, action, cancel, onSave }: JobFormProps): JSX.Element {
  const [values, setValues] = useState(start);
  const [problems, setProblems] = useState(() => sortProblems([], isKnown));
  const [isBusy, setBusy] = useState(false);
  const set = (changes: Partial<JobValues>) => setValues((known) => ({ ...known, ...changes }));
  const submit = async () => {
    const byField = checkJob(values);
    setProblems({ byField, general: [] });
    if (Object.keys(byField).length > 0) return focusField(Object.keys(byField)[0]);
    setBusy(true);
    const refused = await onSave(values);
    setBusy(false);
    setProblems(sortProblems(refused ?? [], isKnown));
  };
  const { byField } = problems;
  const errorsOf = (side: string) => ({
    connection: byField[`${side}.connectionId`] ?? byField[side],
    path: byField[`${side}.at`],
  });
  return (
    <form
      noValidate
      className={styles.stack}
      style={{ gap: 22 }}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Panel title={isTransfer(values.transferType) ? t('whatToTransfer') : t('whatToAnalyse')}>
        <div className={styles.stack} style={{ gap: 20 }}>
          <TextInput
            name="name"
            label={t('name')}
            withAsterisk
            error={byField.name}
            value={values.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TypeField
            value={values.transferType}
            isFixed={isSaved}
            error={byField.transferType}
            onChange={(type) => isOffered(type) && setValues((known) => withType(known, type, defaults))}
          />
          <LocationFields
            side="source"
            connections={connections}
            value={values.source}
            errors={errorsOf('source')}
            onChange={(source) => set({ source })}
          />
          {isTransfer(values.transferType) && (
            <LocationFields
              side="destination"
              connections={connections}
              value={values.destination}
              errors={errorsOf('destination')}
              onChange={(destination) => set({ destination })}
            />
          )}
          <Textarea
            name="description"
            label={t('remark')}
            autosize
            minRows={2}
            error={byField.description}
            value={values.description}
            onChange={(event) => set({ description: event.currentTarget.value })}
          />
        </div>
      </Panel>
      <RulePanel
        source={values.source}
        isTwoSided={values.transferType === 'SYNC'}
        value={values.rules}
        error={byField.rules}
        onChange={(rules) => set({ rules })}
      />
      <SchedulePanel value={values.schedule} errors={byField} onChange={(schedule) => set({ schedule })} />
      {hasContents(values.transferType) && (
        <BandwidthPanel limits={values.bandwidth} errors={byField} onChange={(bandwidth) => set({ bandwidth })} />
      )}
      <PolicyPanel
        values={values}
        defaults={defaultsOf(values, defaults)}
        errors={byField}
        onChange={(name, value) => set({ policies: { ...values.policies, [name]: value } })}
      />
      <UnsavedIssues
        input={Object.keys(checkJob({ ...values, name: 'x' })).length > 0 ? null : createInput(values, defaults)}
      />
      <Problems messages={problems.general} />
      <div className={styles.formFoot}>
        <Button type="submit" loading={isBusy}>
          {action}
        </Button>
        <ButtonLink {...cancel} variant="subtle" color="gray">
          {t('cancel')}
        </ButtonLink>
      </div>
    </form>
  );
}

/** What the job does, with what it changes and deletes. */
function TypeField({
  value,
  isFixed,
  error,
  onChange,
}: {
  value: string;
  isFixed: boolean;
  error: string | undefined;
  onChange: (type: string) => void;
}): JSX.Element {
  const offered = isFixed ? [value] : OFFERED_TYPES;
  return (
    <NativeSelect
      name="transferType"
      label={t('type')}
      description={typeSentence(value)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      disabled={isFixed}
      error={error}
      data={offered.map((type) => ({ value: type, label: typeLabel(type) }))}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function PolicyPanel({
  values,
  defaults,
  errors,
  onChange,
}: {
  values: JobValues;
  defaults: JobValues['policies'];
  errors: Record<string, string>;
  onChange: Parameters<typeof PolicyFields>[0]['onChange'];
}): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const changed = policyDifferences(defaults, values.policies, values.transferType);
  const hasErrors = Object.keys(errors).some((path) => /^policies\.(?!bandwidth)/.test(path));
  const isShown = isOpen || hasErrors;
  return (
    <Panel
      title={t('policies')}
      aside={
        <Button
          size="xs"
          variant="default"
          aria-expanded={isShown}
          aria-controls={id}
          rightSection={<IconChevronDown size={14} style={{ rotate: isShown ? '180deg' : undefined }} />}
          onClick={() => setOpen(!isShown)}
        >
          {isShown ? t('hidePolicies') : t('changePolicies')}
        </Button>
      }
    >
      {!isShown && (
        <span className={styles.dim}>
          {changed.length === 0
            ? t('allDefaultSentence')
            : changed.map(([label, value]) => t('difference', { label, value })).join('. ')}
        </span>
      )}
      <div id={id}>
        {isShown && (
          <PolicyFields type={values.transferType} policies={values.policies} errors={errors} onChange={onChange} />
        )}
      </div>
    </Panel>
  );
}
