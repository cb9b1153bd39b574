import { NativeSelect, Switch, TextInput } from '@mantine/core';
import type { JSX } from 'react';
import { lazyField } from '../../../ui/lazily.js';
import type { CommonProps, NumberPolicyProps } from './number-policy.js';
import {
  defaultSentence,
  noneWord,
  offeredValues,
  policyHelp,
  policyLabel,
  policyWord,
  type PolicyField,
  type PolicyName,
  type PolicyValue,
} from './policies.js';
import { isPossible, type Sides } from './used-policies.js';
import { t } from './words.js';
import '../../../theme/switch.css';

interface FieldProps {
  field: PolicyField;
  type: string;
  value: PolicyValue;
  /** What the type begins with. */
  initial: PolicyValue;
  /** What both sides can do; null while that is not known. */
  sides: Sides | null;
  error: string | undefined;
  onChange: (name: PolicyName, value: PolicyValue) => void;
}

/** A policy with what there is to know of it, and what it is unless it is changed. */
export function PolicyInput(props: FieldProps): JSX.Element {
  const { field, type, value, initial, error, onChange } = props;
  const common: CommonProps = {
    name: `policies.${field.name}`,
    label: policyLabel(field.name, type),
    description: t('byDefault', {
      help: policyHelp(field.name, type),
      sentence: defaultSentence(field.name, initial, type),
    }),
    error,
  };
  if (typeof value === 'boolean') {
    const change = (isOn: boolean) => onChange(field.name, isOn);
    return <Switch {...common} checked={value} onChange={(event) => change(event.currentTarget.checked)} />;
  }
  if (field.range !== undefined)
    return <NumberPolicy field={field} value={value} common={common} range={field.range} onChange={onChange} />;
  return <ChoicePolicy {...props} common={common} />;
}

const NumberPolicy = lazyField(async () => (await import('./number-policy.js')).NumberPolicy, NumberMeanwhile);

/** The number, while its input is loaded. */
function NumberMeanwhile({ field, value, common }: NumberPolicyProps): JSX.Element {
  const shown = typeof value === 'number' ? String(value) : '';
  return <TextInput {...common} readOnly value={shown} placeholder={field.mayBeNone && noneWord(field.name)} />;
}

function ChoicePolicy({
  field,
  type,
  value,
  sides,
  common,
  onChange,
}: FieldProps & { common: CommonProps }): JSX.Element {
  const { name, mayBeNone } = field;
  const offered = offeredValues(field, type).filter(
    (one) => one === value || sides === null || isPossible(name, one, sides),
  );
  return (
    <NativeSelect
      {...common}
      data={[
        ...(mayBeNone ? [{ value: '', label: noneWord(name) }] : []),
        ...offered.map((one) => ({ value: one, label: policyWord(name, one, type) })),
      ]}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(name, event.currentTarget.value || null)}
    />
  );
}
