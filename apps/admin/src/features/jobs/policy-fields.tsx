import { NativeSelect, NumberInput, Switch } from '@mantine/core';
import type { JSX } from 'react';
import styles from '../../ui/ui.module.css';
import type { Policies } from './data.js';
import { fieldOf, offeredValues, POLICY_GROUPS, type PolicyName, type PolicyValue } from './policies.js';
import { isUsed } from './used-policies.js';

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
          <legend style={{ padding: 0, marginBottom: 10, fontWeight: 600 }}>{group.title}</legend>
          <div className={styles.fields}>
            {group.fields.map(({ name, label, help, options, range, step, none }) => {
              const value = policies[name];
              const common = { name: `policies.${name}`, label, description: help, error: errors[`policies.${name}`] };
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
                    placeholder={none}
                    value={value ?? ''}
                    onChange={(next) => {
                      if (typeof next === 'number') onChange(name, next);
                      else if (next === '' && none !== undefined) onChange(name, null);
                    }}
                  />
                );
              }
              return (
                <NativeSelect
                  key={name}
                  {...common}
                  data={[
                    ...(none === undefined ? [] : [{ value: '', label: none }]),
                    ...offeredValues({ options }, type),
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
    fields: fields.filter(({ name }) => isUsed(type, name)).map((field) => fieldOf(field, type)),
  })).filter(({ fields }) => fields.length > 0);
