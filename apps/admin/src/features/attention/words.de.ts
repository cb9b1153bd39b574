import type { SameKeys } from '../../language/words.js';
import type { words as en } from './words.en.js';

export const words: SameKeys<typeof en> = {
  title: 'Zu erledigen',
  lead: 'Elemente, die kein Lauf allein abschließen konnte, nach Grund. Jedes wartet, bis eine Person entscheidet.',
  loading: 'Alle Aufträge werden durchgesehen',
  none: 'Nichts wartet auf Sie',
  noneText: 'Kein Element eines Auftrags ist markiert.',
  items_one: '{{count, number}} Element',
  items_other: '{{count, number}} Elemente',
  partial: 'Sehr viel ist markiert; es kann mehr sein, als hier gezählt ist.',
  loadingItems: 'Die Elemente werden geladen',
  firstOf_one: 'Die ersten {{shown, number}} von {{count, number}} Element.',
  firstOf_other: 'Die ersten {{shown, number}} von {{count, number}} Elementen.',
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
