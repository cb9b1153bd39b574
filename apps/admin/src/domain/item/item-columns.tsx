import { IconFile, IconFolder } from '@tabler/icons-react';
import type { DataColumn } from '../../ui/data-column.js';
import { formatBytes } from '../../ui/format.js';
import uiStyles from '../../ui/ui.module.css';
import { OutcomeTag } from '../run/run-tags.js';
import { t } from '../words.js';
import type { ItemData } from './item-data.js';

const pathOf = (item: ItemData) => item.sourcePath ?? item.destinationPath ?? '/';

/** Items as a table shows them: the place, what became of it and why, and the size. */
export const itemColumns = (onOpen: (id: string) => void): DataColumn<ItemData>[] => [
  {
    id: 'item',
    head: t('item'),
    width: 'minmax(220px, 1.4fr)',
    cell: (item) => {
      const Icon = item.kind === 'FOLDER' ? IconFolder : IconFile;
      return (
        <button type="button" className={uiStyles.opener} onClick={() => onOpen(item.id)}>
          <Icon size={16} stroke={1.6} aria-label={item.kind === 'FOLDER' ? t('folder') : t('file')} />
          <span>{pathOf(item)}</span>
        </button>
      );
    },
  },
  { id: 'outcome', head: t('outcomeHead'), width: '132px', cell: (item) => <OutcomeTag outcome={item.outcome} /> },
  {
    id: 'why',
    head: t('why'),
    width: 'minmax(170px, 1fr)',
    cell: (item) => <span className={uiStyles.dim}>{item.message}</span>,
  },
  { id: 'size', head: t('size'), width: '84px', isFigure: true, cell: (item) => formatBytes(item.byteSize) },
];
