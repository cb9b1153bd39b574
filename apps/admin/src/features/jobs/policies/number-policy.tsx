import { NumberInput } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { noneWord, type PolicyField, type PolicyName, type PolicyValue } from './policies.js';
import '@mantine/core/styles/NumberInput.layer.css';

/** What every input of a policy has. */
export interface CommonProps {
  name: string;
  label: string;
  description: ReactNode;
  error: string | undefined;
}

export interface NumberPolicyProps {
  field: PolicyField;
  value: PolicyValue;
  common: CommonProps;
  /** Least and greatest value. */
  range: readonly [number, number];
  onChange: (name: PolicyName, value: PolicyValue) => void;
}

/** A policy that is a number; an empty input stands for none, where there may be none. */
export function NumberPolicy({ field, value, common, range, onChange }: NumberPolicyProps): JSX.Element {
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
