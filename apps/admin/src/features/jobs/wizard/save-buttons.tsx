import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { isTransfer } from '../../../domain/job/transfer-types.js';
import { t } from './words.js';
import type { Finish } from './use-finish.js';

interface SaveProps {
  type: string;
  busy: Finish | null;
  onFinish: (finish: Finish) => void;
}

/** Ways to end the last step. What changes nothing comes first; Enter in a field saves and starts nothing. */
export function SaveButtons({ type, busy, onFinish }: SaveProps): JSX.Element {
  const canSimulate = isTransfer(type);
  const common = (finish: Finish) => ({
    loading: busy === finish,
    disabled: busy !== null && busy !== finish,
  });
  return (
    <>
      {canSimulate && (
        <Button {...common('SIMULATE')} onClick={() => onFinish('SIMULATE')}>
          {t('simulate')}
        </Button>
      )}
      <Button {...common('RUN')} variant={canSimulate ? 'default' : 'filled'} onClick={() => onFinish('RUN')}>
        {t('run')}
      </Button>
      <Button {...common('SAVE')} variant="default" type="submit">
        {t('save')}
      </Button>
    </>
  );
}
