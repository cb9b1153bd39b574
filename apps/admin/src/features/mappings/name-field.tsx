import { TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useId, type JSX } from 'react';
import { useFirstConnections } from '../../domain/connection/connection-choices.js';
import { useNames, type Kind, type PlatformKey } from './data.js';
import { t } from './words.js';

/** A name at one side; those that a connection to `platform` has are offered where it is given, any other may be typed. */
export function NameField({
  platform,
  kind,
  text,
  ...field
}: TextInputProps & { platform: PlatformKey | undefined; kind: Kind; text: string }): JSX.Element {
  const id = useId();
  const [search] = useDebouncedValue(text.trim(), 300);
  const connection = useFirstConnections(platform ?? null, platform !== undefined).choices?.[0];
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
