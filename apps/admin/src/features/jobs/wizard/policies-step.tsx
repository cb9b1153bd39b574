import { Button } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useId, useState, type JSX } from 'react';
import { isTransfer } from '../../../domain/job/transfer-types.js';
import { Panel } from '../../../ui/page.js';
import uiStyles from '../../../ui/ui.module.css';
import { defaultsOf } from '../job-input.js';
import {
  defaultSentence,
  POLICY_FIELDS,
  policyLabel,
  type PolicyField,
  type PolicyName,
  type PolicyValue,
} from '../policies/policies.js';
import { ApprovalField } from '../policies/approval-field.js';
import { PolicyInput } from '../policies/policy-fields.js';
import { fits, isUsed, type Sides } from '../policies/used-policies.js';
import { t } from './words.js';
import { Losses } from './losses.js';
import { useSides } from './sides.js';
import type { StepProps } from './step-props.js';
import styles from './wizard.module.css';

/** What most people decide; all others are folded away while they are as they were. */
const USUAL: readonly PolicyName[] = [
  ...(['existing', 'conflict', 'deletions', 'invalidCharacters', 'verification', 'versionsAsFiles'] as const),
  ...(['permissions', 'lockedFiles', 'onBudgetExhausted'] as const),
];

/** What is decided about items, as far as the type and both platforms leave a choice, and beside it what does not come along. */
export function PoliciesStep(props: StepProps): JSX.Element {
  const { source, destination, transferType } = props.values;
  const areChosen = isTransfer(transferType) && source.connectionId !== '' && destination.connectionId !== '';
  const [from, to] = [source.connectionId, destination.connectionId];
  const policies = <Policies {...props} />;
  if (!areChosen) return policies;
  return (
    <div className={styles.beside}>
      {policies}
      <div className={uiStyles.stack}>
        <Losses from={from} to={to} title={t('notAlong')} />
        {transferType === 'SYNC' && <Losses from={to} to={from} title={t('notAlongBack')} />}
      </div>
    </div>
  );
}

/** Those that the type and both sides leave to decide, and those that are not as they were: they have to be seen to be changed. */
function shownFields({ values, errors, basis }: StepProps, sides: Sides | null): PolicyField[] {
  const { transferType: type, policies } = values;
  const defaults = defaultsOf(values, basis.defaults);
  const isToSee = (name: PolicyName) => policies[name] !== defaults[name] || errors[`policies.${name}`] !== undefined;
  return POLICY_FIELDS.filter(
    ({ name }) => isUsed(type, name) && (sides === null || fits(type, name, sides, policies) || isToSee(name)),
  );
}

function Policies(props: StepProps): JSX.Element {
  const { values, errors, basis } = props;
  const sides = useSides(values);
  const defaults = defaultsOf(values, basis.defaults);
  // Where a field stands is settled when the step is opened, so that none leaves while it is changed.
  const [atFirst] = useState(() => values.policies);
  const fields = shownFields(props, sides);
  const isUsual = ({ name }: PolicyField) => USUAL.includes(name) || atFirst[name] !== defaults[name];
  const others = fields.filter((field) => !isUsual(field));
  const isWrong = others.some(({ name }) => errors[`policies.${name}`] !== undefined);
  return (
    <Panel title={t('policies')}>
      <div className={uiStyles.stack}>
        <span className={uiStyles.sub}>{t('policiesLead')}</span>
        <Fields {...props} fields={fields.filter(isUsual)} sides={sides} />
        {isTransfer(values.transferType) && (
          <div className={uiStyles.fields}>
            <ApprovalField
              value={values.approval}
              error={errors.approval}
              onChange={(approval) => props.onChange({ approval })}
            />
          </div>
        )}
        {others.length > 0 && (
          <Folded fields={others} type={values.transferType} defaults={defaults} isOpen={isWrong}>
            <Fields {...props} fields={others} sides={sides} />
          </Folded>
        )}
      </div>
    </Panel>
  );
}

type FieldsProps = StepProps & { fields: readonly PolicyField[]; sides: Sides | null };

function Fields({ fields, sides, values, errors, basis, onChange }: FieldsProps): JSX.Element {
  const defaults = defaultsOf(values, basis.defaults);
  const change = (name: PolicyName, value: PolicyValue) =>
    onChange({ policies: { ...values.policies, [name]: value } });
  return (
    <div className={uiStyles.fields}>
      {fields.map((field) => (
        <PolicyInput
          key={field.name}
          field={field}
          type={values.transferType}
          value={values.policies[field.name]}
          initial={defaults[field.name]}
          sides={sides}
          error={errors[`policies.${field.name}`]}
          onChange={change}
        />
      ))}
    </div>
  );
}

interface FoldedProps {
  fields: readonly PolicyField[];
  type: string;
  defaults: StepProps['values']['policies'];
  /** Whether it opens by itself, for something in it that is wrong. */
  isOpen: boolean;
  children: JSX.Element;
}

/** Unusual policies: closed, what each does in one sentence; open, their fields. */
function Folded({ fields, type, defaults, isOpen, children }: FoldedProps): JSX.Element {
  const [isChosen, setChosen] = useState(false);
  const id = useId();
  const isShown = isChosen || isOpen;
  return (
    <div className={uiStyles.stack}>
      <Button
        size="xs"
        variant="default"
        w="fit-content"
        aria-expanded={isShown}
        aria-controls={id}
        rightSection={<IconChevronDown size={14} className={isShown ? styles.turned : undefined} />}
        onClick={() => setChosen(!isShown)}
      >
        {isShown ? t('fewerPolicies') : t('morePolicies', { count: fields.length })}
      </Button>
      <div id={id}>
        {isShown && children}
        {!isShown && (
          <ul className={styles.defaults}>
            {fields.map(({ name }) => (
              <li key={name}>
                {t('difference', {
                  label: policyLabel(name, type),
                  value: defaultSentence(name, defaults[name], type),
                })}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
