import { ActionIcon, Button, Checkbox, Input, NativeSelect, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { sortProblems } from '../../graphql/problems.js';
import { FormDialog } from '../../ui/form-dialog.js';
import styles from '../../ui/ui.module.css';
import { SetUpdate } from './changes.js';
import { connectionsOf, type SetPage } from './data.js';
import { NameField } from './name-field.js';
import { inputOf, isRuleField, NEW_RULE, ORIGINS, problemsAt, valuesOf, withRule, type RuleValues } from './rules.js';
import { t } from './words.js';

const MAX_CHOICES = 500;

/** Changes the rule in this place of the set, or adds one at its end. */
export function RuleDialog({
  page,
  place,
  onClose,
}: {
  page: SetPage;
  place: number | null;
  onClose: () => void;
}): JSX.Element {
  const rule = place === null ? undefined : page.set.metadataRules[place];
  const save = useSave(page, place, onClose);
  const form = useForm<RuleValues>({
    initialValues: rule ? valuesOf(rule) : NEW_RULE,
    validate: {
      destinationField: (field) => (field.trim() === '' ? t('giveField') : null),
      value: (value) => (value.trim() === '' ? t('giveValue') : null),
    },
  });
  return (
    <FormDialog
      title={rule ? t('changeRule') : t('addRule')}
      form={form}
      submitLabel={rule ? t('save') : t('addRule')}
      onSubmit={save}
      onClose={onClose}
      size="lg"
    >
      <NameField
        label={t('field')}
        connection={connectionsOf(page, page.set.destinationPlatform)[0]}
        kind="METADATA"
        text={form.getValues().destinationField}
        data-autofocus
        {...form.getInputProps('destinationField')}
      />
      <Origin page={page} form={form} />
      <TextInput label={t('ruleDefault')} maxLength={1000} {...form.getInputProps('defaultValue')} />
      <Choices form={form} />
      <Checkbox label={t('isRequired')} {...form.getInputProps('isRequired', { type: 'checkbox' })} />
    </FormDialog>
  );
}

function useSave({ set, again }: SetPage, place: number | null, onClose: () => void) {
  const [update] = useAction(SetUpdate);
  return async (values: RuleValues) => {
    const others = set.metadataRules.map((rule) => inputOf(valuesOf(rule)));
    const metadataRules = withRule(others, place, inputOf(values));
    const variables = { id: set.id, input: { metadataRules }, expectedVersion: set.version };
    const payload = (await update(variables))?.mappingSetUpdate;
    if (!payload?.mappingSet)
      return sortProblems(problemsAt(payload?.userErrors ?? [], place ?? others.length), isRuleField);
    again();
    onClose();
    return null;
  };
}

function Origin({ page, form }: { page: SetPage; form: UseFormReturnType<RuleValues> }): JSX.Element {
  const { origin, value } = form.getValues();
  return (
    <div className={styles.fields}>
      <NativeSelect
        label={t('origin')}
        data={ORIGINS.map((one) => ({ value: one, label: t(`originWord.${one}`) }))}
        {...form.getInputProps('origin')}
      />
      <NameField
        label={t('value')}
        connection={origin === 'sourceField' ? connectionsOf(page, page.set.sourcePlatform)[0] : undefined}
        kind="METADATA"
        text={value}
        {...form.getInputProps('value')}
        description={t(`originHelp.${origin}`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
    </div>
  );
}

function Choices({ form }: { form: UseFormReturnType<RuleValues> }): JSX.Element {
  const { choices } = form.getValues();
  return (
    <Input.Wrapper label={t('choices')} labelElement="div">
      <ul className={styles.plainRows}>
        {choices.map((_, index) => (
          <li key={index} className={styles.row}>
            {(['from', 'to'] as const).map((side) => (
              <TextInput
                key={side}
                size="xs"
                className={styles.grow}
                maxLength={1000}
                aria-label={t(side === 'from' ? 'choiceFrom' : 'choiceTo', { number: index + 1 })}
                placeholder={side === 'from' ? t('before') : t('after')}
                {...form.getInputProps(`choices.${index}.${side}`)}
              />
            ))}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('removeChoice', { number: index + 1 })}
              onClick={() => form.removeListItem('choices', index)}
            >
              <IconX size={16} />
            </ActionIcon>
          </li>
        ))}
        {choices.length < MAX_CHOICES && (
          <li>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => form.insertListItem('choices', { from: '', to: '' })}
            >
              {t('addChoice')}
            </Button>
          </li>
        )}
      </ul>
    </Input.Wrapper>
  );
}
