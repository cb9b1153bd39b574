import { NativeSelect, NumberInput, Switch } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
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

interface Common {
  name: string;
  label: string;
  description: ReactNode;
  error: string | undefined;
}

/** A policy with what there is to know of it, and what it is unless it is changed. */
export function PolicyInput(props: FieldProps): JSX.Element {
  const { field, type, value, initial, error, onChange } = props;
  const common: Common = {
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
  if (field.range !== undefined) return <NumberPolicy {...props} common={common} range={field.range} />;
  return <ChoicePolicy {...props} common={common} />;
}

type NumberProps = FieldProps & { common: Common; range: readonly [number, number] };

function NumberPolicy({ field, value, common, range, onChange }: NumberProps): JSX.Element {
  const { name, step, mayBeNone } = field;
  return (
    <NumberInput
      {...common}
      min={range[0]}
      max={range[1]}
      allowDecimal={step !== undefined}
      step={step ?? 1}
      decimalScale={3}
      clampBehavior="none"
      hideControls={false}
      placeholder={mayBeNone && noneWord(name)}
      value={typeof value === 'number' ? value : ''}
      onChange={(next) => {
        if (typeof next === 'number') onChange(name, next);
        else if (next === '' && mayBeNone) onChange(name, null);
      }}
    />
  );
}

function ChoicePolicy({ field, type, value, sides, common, onChange }: FieldProps & { common: Common }): JSX.Element {
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
