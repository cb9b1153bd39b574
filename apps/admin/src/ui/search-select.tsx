import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { JSX } from 'react';
import '../theme/select.css';

const REST_MS = 250;

interface SearchSelectProps extends Omit<SelectProps, 'data'> {
  /** What was found, and what is chosen. */
  choices: readonly { value: string; label: string }[];
  /** What is offered whatever was typed. */
  always?: readonly { group: string; items: { value: string; label: string }[] }[];
  /** Told what to search for once somebody rests from typing; empty where nothing is searched for. */
  onSearch: (text: string) => void;
}

/** A choice among more than a list can hold: what is typed is searched for elsewhere, such as at the server. */
export function SearchSelect({ choices, always = [], value, onSearch, name, ...rest }: SearchSelectProps): JSX.Element {
  const all = [...always.flatMap(({ items }) => items), ...choices];
  const chosen = all.find((one) => one.value === value)?.label;
  const search = useDebouncedCallback(onSearch, REST_MS);
  return (
    <Select
      searchable
      data={[...always, ...choices]}
      // What does not fit was left out already.
      filter={({ options }) => options}
      onSearchChange={(text) => search(text === chosen ? '' : text.trim())}
      value={value ?? null}
      data-name={name}
      {...rest}
    />
  );
}
