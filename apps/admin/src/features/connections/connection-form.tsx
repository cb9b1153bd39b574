import { NativeSelect, NumberInput, PasswordInput, Radio, Switch, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import styles from '../../ui/ui.module.css';
import { shownFields, type FormField, type FormValues } from './form.js';
import { t } from './words.js';
import '../../theme/radio.css';
import '@mantine/core/styles/NumberInput.layer.css';
import '../../theme/switch.css';

export interface FieldProps {
  field: FormField;
  value: string;
  error: ReactNode;
  hint: string | null;
  onChange: (value: string) => void;
}

/** The fields of a platform's form, drawn from its description alone. */
export function ConnectionFormFields({
  form,
  values,
  errors,
  hints,
  isStored,
  onChange,
}: {
  form: readonly FormField[];
  values: FormValues;
  errors: Readonly<Record<string, ReactNode>>;
  /** Remarks by field name. */
  hints: Record<string, string | null>;
  /** Whether a secret is stored that may stay. */
  isStored: boolean;
  onChange: (name: string, value: string) => void;
}): JSX.Element {
  return (
    <div className={styles.stack}>
      {shownFields(form, values).map((field) => (
        <div key={field.name}>
          <Field
            field={isStored && field.name.startsWith('credential.') ? { ...field, isRequired: false } : field}
            value={values[field.name] ?? ''}
            error={errors[field.name]}
            hint={isStored && field.isSecret ? t('keepStored') : null}
            onChange={(value) => onChange(field.name, value)}
          />
          {hints[field.name] && (
            <p className={styles.fieldHint} role="status">
              <IconAlertTriangle size={15} aria-hidden /> {hints[field.name]}
            </p>
          )}
        </div>
      ))}
    </div>
  );
}

function Field(props: FieldProps): JSX.Element {
  const { field, value, error, hint, onChange } = props;
  const description = [field.help, hint].filter(Boolean).join(' ') || undefined;
  const common = { name: field.name, label: field.label, description, error, withAsterisk: field.isRequired, value };
  const onText = (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value);
  switch (field.kind) {
    case 'SELECT':
      return <Choice {...props} description={description} />;
    case 'TOGGLE':
      return <Toggle {...props} description={description} />;
    case 'SECRET':
      return (
        <PasswordInput
          {...common}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('showField', { field: field.label }) }}
          onChange={onText}
        />
      );
    case 'NUMBER':
      return <NumberInput {...common} onChange={(next) => onChange(String(next))} />;
    case 'URL':
      return <TextInput {...common} inputMode="url" placeholder="https://" onChange={onText} />;
    case 'PATH':
      return (
        <TextInput
          {...common}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onChange={onText}
        />
      );
    default:
      return <TextInput {...common} autoComplete="off" onChange={onText} />;
  }
}

interface DescribedProps extends FieldProps {
  description: string | undefined;
}

function Toggle({ field, value, error, onChange, description }: DescribedProps): JSX.Element {
  return (
    <Switch
      name={field.name}
      label={field.label}
      description={description}
      error={error}
      checked={value === 'true'}
      onChange={(event) => onChange(String(event.currentTarget.checked))}
    />
  );
}

/** Few choices lie open; many are a list. */
function Choice({ field, value, error, onChange, description }: DescribedProps): JSX.Element {
  if (field.options.length > 4) {
    return (
      <NativeSelect
        name={field.name}
        label={field.label}
        description={description}
        error={error}
        withAsterisk={field.isRequired}
        data={field.options.map((option) => ({ ...option, disabled: option.unavailable !== null }))}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <Radio.Group
      name={field.name}
      label={field.label}
      description={description}
      error={error}
      value={value}
      onChange={onChange}
      role="radiogroup"
    >
      <div className={`${styles.row ?? ''} ${styles.below ?? ''}`}>
        {field.options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            label={option.label}
            description={option.unavailable}
            disabled={option.unavailable !== null && option.value !== value}
          />
        ))}
      </div>
    </Radio.Group>
  );
}
