import { NativeSelect, NumberInput, Switch } from '@mantine/core';
import type { JSX } from 'react';
import styles from '../../ui/ui.module.css';
import type { Policies } from './data.js';
import {
  noneWord,
  offeredValues,
  POLICY_GROUPS,
  policyHelp,
  policyLabel,
  policyWord,
  type PolicyName,
  type PolicyValue,
} from './policies.js';
import { isUsed } from './used-policies.js';
import { t } from './words.js';

/** All policies that a type of transfer uses. */
export function PolicyFields({
  type,
  policies,
  errors,
  onChange,
}: {
  type: string;
  policies: Policies;
  errors: Record<string, string>;
  onChange: (name: PolicyName, value: PolicyValue) => void;
}): JSX.Element {
  return (
    <div className={styles.stack} style={{ gap: 26 }}>
      {usedGroups(type).map((group) => (
        <fieldset key={group.title} style={{ border: 0, margin: 0, padding: 0 }}>
          <legend style={{ padding: 0, marginBottom: 10, fontWeight: 600 }}>{t(`policyGroup.${group.title}`)}</legend>
          <div className={styles.fields}>
            {group.fields.map(({ name, options, range, step, mayBeNone }) => {
              const value = policies[name];
              const common = {
                name: `policies.${name}`,
                label: policyLabel(name, type),
                description: policyHelp(name, type),
                error: errors[`policies.${name}`],
              };
              if (typeof value === 'boolean') {
                return (
                  <Switch
                    key={name}
                    {...common}
                    checked={value}
                    onChange={(event) => onChange(name, event.currentTarget.checked)}
                  />
                );
              }
              if (range !== undefined) {
                return (
                  <NumberInput
                    key={name}
                    {...common}
                    min={range[0]}
                    max={range[1]}
                    allowDecimal={step !== undefined}
                    step={step ?? 1}
                    decimalScale={3}
                    clampBehavior="none"
                    hideControls={false}
                    placeholder={mayBeNone && noneWord(name)}
                    value={value ?? ''}
                    onChange={(next) => {
                      if (typeof next === 'number') onChange(name, next);
                      else if (next === '' && mayBeNone) onChange(name, null);
                    }}
                  />
                );
              }
              return (
                <NativeSelect
                  key={name}
                  {...common}
                  data={[
                    ...(mayBeNone ? [{ value: '', label: noneWord(name) }] : []),
                    ...offeredValues({ options }, type).map((one) => ({
                      value: one,
                      label: policyWord(name, one, type),
                    })),
                  ]}
                  value={value ?? ''}
                  onChange={(event) => onChange(name, event.currentTarget.value || null)}
                />
              );
            })}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

const usedGroups = (type: string): typeof POLICY_GROUPS =>
  POLICY_GROUPS.map(({ title, fields }) => ({
    title,
    fields: fields.filter(({ name }) => isUsed(type, name)),
  })).filter(({ fields }) => fields.length > 0);
