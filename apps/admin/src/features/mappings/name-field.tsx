import { TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useId, type JSX } from 'react';
import { useNames, type Connection, type Kind } from './data.js';
import { t } from './words.js';

/** A name at one side; those that a connection of that side has are offered, any other may be typed. */
export function NameField({
  connection,
  kind,
  text,
  ...field
}: TextInputProps & { connection: Connection | undefined; kind: Kind; text: string }): JSX.Element {
  const id = useId();
  const [search] = useDebouncedValue(text.trim(), 300);
  const names = useNames(connection, kind, search);
  return (
    <>
      <TextInput
        maxLength={1000}
        withAsterisk
        list={id}
        autoComplete="off"
        description={connection && t('offered', { connection: connection.name })}
        {...field}
      />
      <datalist id={id}>
        {names.map(({ key, label }) => (
          <option key={key} value={key} label={label} />
        ))}
      </datalist>
    </>
  );
}
