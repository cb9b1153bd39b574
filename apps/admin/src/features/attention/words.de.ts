import type { SameKeys } from '../../language/words.js';
import type { words as en } from './words.en.js';

export const words: SameKeys<typeof en> = {
  title: 'Zu erledigen',
  lead: 'Elemente, die kein Lauf allein abschließen konnte, nach Grund. Jedes wartet, bis ein Mensch entscheidet.',
  loading: 'Alle Aufträge werden durchgesehen',
  none: 'Nichts wartet auf Sie',
  noneText: 'Kein Element eines Auftrags ist markiert.',
  items_one: '{{count, number}} Element',
  items_other: '{{count, number}} Elemente',
  atLeast_one: '{{count, number}} Element und vielleicht mehr',
  atLeast_other: '{{count, number}} Elemente und vielleicht mehr',
  partial_one:
    'Von {{count, number}} markierten Element des Auftrags „{{job}}“ werden die ersten {{shown, number}} gezeigt. Gründe der übrigen können hier fehlen.',
  partial_other:
    'Von {{count, number}} markierten Elementen des Auftrags „{{job}}“ werden die ersten {{shown, number}} gezeigt. Gründe der übrigen können hier fehlen.',
  partialUnknown: '„{{job}}“ hat sehr viele markierte Elemente; die ersten {{shown, number}} werden gezeigt.',
  moreJobs: 'Nur die ersten {{shown, number}} Aufträge wurden durchgesehen.',
  retry: 'Erneut versuchen',
  retryOf: 'Erneut versuchen: {{reason}}, {{job}}',
  ignore: 'Ignorieren',
  ignoreOf: 'Ignorieren: {{reason}}, {{job}}',
  ignoreQuestion: 'Alles ignorieren, was aus diesem Grund markiert ist?',
  ignoreText:
    'Alle markierten Elemente des Auftrags „{{job}}“ mit dem Grund „{{reason}}“ gelten als übersprungen und warten nicht mehr. Ihre Dateien bleiben auf beiden Seiten, wie sie sind.',
  showAll_one: '{{count, number}} weiteres anzeigen',
  showAll_other: '{{count, number}} weitere anzeigen',
  showLess: 'Weniger anzeigen',
  affected: 'Elemente von {{job}}',
};
