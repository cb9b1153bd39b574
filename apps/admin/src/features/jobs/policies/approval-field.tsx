import { NativeSelect } from '@mantine/core';
import type { JSX } from 'react';
import { APPROVALS, approvalWord, type Approval } from './approval.js';
import { t } from './words.js';

interface ApprovalFieldProps {
  value: Approval;
  error: string | undefined;
  onChange: (value: Approval) => void;
}

/** When somebody has to look at the plan of a run before it does anything. */
export function ApprovalField({ value, error, onChange }: ApprovalFieldProps): JSX.Element {
  return (
    <NativeSelect
      name="approval"
      label={t('approval')}
      description={t('byDefault', { help: t('approvalHelp'), sentence: t('approvalDefault') })}
      error={error}
      data={APPROVALS.map((approval) => ({ value: approval, label: approvalWord(approval) }))}
      value={value}
      onChange={({ currentTarget }) => {
        const chosen = APPROVALS.find((approval) => approval === currentTarget.value);
        if (chosen) onChange(chosen);
      }}
    />
  );
}
