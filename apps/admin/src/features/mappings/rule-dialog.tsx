import { ActionIcon, Button, Checkbox, Input, NativeSelect, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useAction } from '../../graphql/action.js';
import { useBasis } from '../../graphql/basis.js';
import { FormDialog, type FormOutcome } from '../../ui/form-dialog.js';
import styles from '../../ui/ui.module.css';
import { SetUpdate } from './changes.js';
import { readSet, type FullSet, type SetPage } from './data.js';
import { NameField } from './name-field.js';
import {
  inputOf,
  isRuleField,
  NEW_RULE,
  ORIGINS,
  placeAmong,
  problemsAt,
  ruleTold,
  valuesOf,
  withRule,
  type RuleValues,
} from './rules.js';
import { t } from './words.js';
import '../../theme/checkbox.css';

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
        platform={page.set.destinationPlatform}
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

/** The rules of a set, and where the one that is changed stands; null where there is none. */
interface Placed {
  version: number;
  rules: FullSet['metadataRules'];
  place: number | null;
}

const placedIn = ({ version, metadataRules: rules }: FullSet, place: number | null): Placed => ({
  version,
  rules,
  place,
});

/** Where the rule stands that stood in this place. */
function placedAgain(now: FullSet, { rules, place }: Placed): Placed {
  const rule = place === null ? undefined : rules[place];
  return placedIn(now, rule && place !== null ? placeAmong(now.metadataRules, rule, place) : null);
}

const valuesIn = ({ rules, place }: Placed): RuleValues | null => {
  const rule = place === null ? undefined : rules[place];
  return rule ? valuesOf(rule) : null;
};

const FORM = { valuesOf: valuesIn, told: ruleTold, isField: isRuleField };

function useSave({ set, again }: SetPage, begun: number | null, onClose: () => void) {
  const [update] = useAction(SetUpdate);
  const basis = useBasis(placedIn(set, begun), async (began) => {
    const now = await readSet(set.id);
    return now && placedAgain(now, began);
  });
  const send = async (values: RuleValues) => {
    const { version, rules, place } = basis.now() ?? placedIn(set, begun);
    const others = rules.map((rule) => inputOf(valuesOf(rule)));
    const metadataRules = withRule(others, place, inputOf(values));
    const payload = (await update({ id: set.id, input: { metadataRules }, expectedVersion: version }))
      ?.mappingSetUpdate;
    if (payload?.mappingSet) return null;
    return basis.refusal(problemsAt(payload?.userErrors ?? [], place ?? others.length), FORM);
  };
  const save = async (values: RuleValues, isAnotherTry = false): Promise<FormOutcome<RuleValues>> => {
    const refusal = await send(values);
    if (refusal === null) return done();
    if (!('conflict' in refusal)) return refusal;
    const { theirs, ...conflict } = refusal.conflict;
    if (theirs !== null) return { conflict: { ...conflict, theirs } };
    conflict.onChosen();
    // What is new changes nothing that somebody else has saved: it comes after that.
    return begun === null && !isAnotherTry ? save(values, true) : { byField: {}, general: [t('ruleGone')] };
  };
  const done = () => {
    again();
    onClose();
    return null;
  };
  return (values: RuleValues) => save(values);
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
        platform={origin === 'sourceField' ? page.set.sourcePlatform : undefined}
        kind="METADATA"
        text={value}
        {...form.getInputProps('value')}
        description={t(`originHelp.${origin}`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
    </div>
  );
}

/** One value of the source, and what becomes of it. */
function Choice({ form, index }: { form: UseFormReturnType<RuleValues>; index: number }): JSX.Element {
  const number = index + 1;
  return (
    <>
      {(['from', 'to'] as const).map((side) => (
        <TextInput
          key={side}
          size="xs"
          className={styles.grow}
          maxLength={1000}
          aria-label={t(side === 'from' ? 'choiceFrom' : 'choiceTo', { number })}
          placeholder={side === 'from' ? t('before') : t('after')}
          {...form.getInputProps(`choices.${index}.${side}`)}
        />
      ))}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('removeChoice', { number })}
        onClick={() => form.removeListItem('choices', index)}
      >
        <IconX size={16} />
      </ActionIcon>
    </>
  );
}

function Choices({ form }: { form: UseFormReturnType<RuleValues> }): JSX.Element {
  const { choices } = form.getValues();
  return (
    <Input.Wrapper label={t('choices')} labelElement="div">
      <ul className={styles.plainRows}>
        {choices.map((_, index) => (
          <li key={index} className={styles.row}>
            <Choice form={form} index={index} />
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
