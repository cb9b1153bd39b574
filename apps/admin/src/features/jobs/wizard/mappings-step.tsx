import { ActionIcon, Checkbox } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { JSX } from 'react';
import { Failure } from '../../../domain/failure.js';
import { TextLink } from '../../../ui/links.js';
import { Panel } from '../../../ui/page.js';
import { Blank, Loading } from '../../../ui/states.js';
import uiStyles from '../../../ui/ui.module.css';
import type { JobValues } from '../job-input.js';
import { t } from './words.js';
import type { Basis } from './basis.js';
import { shifted, useMappingSets, type MappingChoice } from './mapping-sets.js';
import type { StepProps } from './step-props.js';
import '../../../theme/checkbox.css';

/** A job uses at most so many. */
const MAX_SETS = 20;

/** Mapping sets that translate between the platforms of the job, those it uses first and in their order. */
export function MappingsStep({ values, errors, basis, onChange }: StepProps): JSX.Element {
  const { sets, error, retry } = useMappingSets();
  const chosen = values.mappingSetIds;
  const offered =
    sets && inOrder(sets, chosen).filter((set) => chosen.includes(set.id) || isBetween(set, values, basis));
  return (
    <Panel title={t('mappings')} isFlush>
      {!offered && (error ? <Failure error={error} onRetry={retry} /> : <Loading label={t('loadingMappings')} />)}
      {offered?.length === 0 && (
        <Blank title={t('noMappings')} action={<TextLink to="/mappings">{t('toMappings')}</TextLink>}>
          {t('noMappingsWhy')}
        </Blank>
      )}
      {offered && offered.length > 0 && (
        <ul className={uiStyles.list} aria-label={t('mappings')}>
          {offered.map((set) => (
            <SetRow
              key={set.id}
              set={set}
              place={chosen.indexOf(set.id)}
              count={chosen.length}
              onChange={(mappingSetIds) => onChange({ mappingSetIds: mappingSetIds(chosen) })}
            />
          ))}
        </ul>
      )}
      {errors.mappingSetIds !== undefined && (
        <p role="alert" className={uiStyles.wrong}>
          {errors.mappingSetIds}
        </p>
      )}
    </Panel>
  );
}

interface SetRowProps {
  set: MappingChoice;
  /** Its place among those that the job uses; below zero for one that it does not use. */
  place: number;
  count: number;
  onChange: (change: (chosen: string[]) => string[]) => void;
}

function SetRow({ set: { id, name, kind }, place, count, onChange }: SetRowProps): JSX.Element {
  const isUsed = place >= 0;
  const toggle = (chosen: string[]) => (isUsed ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <li>
      <div className={uiStyles.row}>
        <Checkbox
          className={uiStyles.grow}
          label={name}
          description={t(`mappingKind.${kind}`)}
          checked={isUsed}
          disabled={!isUsed && count >= MAX_SETS}
          onChange={() => onChange(toggle)}
        />
        <TextLink to="/mappings/$mappingSetId" params={{ mappingSetId: id }} className={uiStyles.small}>
          {t('showMapping', { name })}
        </TextLink>
        {isUsed && count > 1 && (
          <ShiftButtons
            name={name}
            isFirst={place === 0}
            isLast={place === count - 1}
            onShift={(by) => onChange((chosen) => shifted(chosen, id, by))}
          />
        )}
      </div>
    </li>
  );
}

interface ShiftButtonsProps {
  name: string;
  isFirst: boolean;
  isLast: boolean;
  /** Moves the set one place to the front (-1) or to the end (1). */
  onShift: (by: -1 | 1) => void;
}

/** Moves a set among those that the job uses. */
function ShiftButtons({ name, isFirst, isLast, onShift }: ShiftButtonsProps): JSX.Element {
  const looks = { variant: 'subtle', color: 'gray' } as const;
  return (
    <>
      <ActionIcon {...looks} aria-label={t('earlier', { name })} disabled={isFirst} onClick={() => onShift(-1)}>
        <IconArrowUp size={16} />
      </ActionIcon>
      <ActionIcon {...looks} aria-label={t('later', { name })} disabled={isLast} onClick={() => onShift(1)}>
        <IconArrowDown size={16} />
      </ActionIcon>
    </>
  );
}

/** Those that are used first, in the order of their use. */
function inOrder(sets: readonly MappingChoice[], chosen: readonly string[]): MappingChoice[] {
  const used = chosen.flatMap((id) => sets.find((set) => set.id === id) ?? []);
  return [...used, ...sets.filter(({ id }) => !chosen.includes(id))];
}

/** Whether a set translates the way that the job goes; any way while a place is not chosen. */
function isBetween(set: MappingChoice, { source, destination }: JobValues, { connections }: Basis): boolean {
  const isOf = (platform: string, id: string) => {
    const connection = connections.find((one) => one.id === id);
    return connection === undefined || connection.platform === platform;
  };
  return isOf(set.sourcePlatform, source.connectionId) && isOf(set.destinationPlatform, destination.connectionId);
}
