export const words = {
  title: 'Needs attention',
  lead: 'Items that no run could finish by itself, by the reason. Each waits until a person decides.',
  loading: 'Looking at all jobs',
  none: 'Nothing waits for you',
  noneText: 'No item of any job is flagged.',
  items_one: '{{count, number}} item',
  items_other: '{{count, number}} items',
  atLeast_one: '{{count, number}} item and perhaps more',
  atLeast_other: '{{count, number}} items and perhaps more',
  partial_one:
    'Of the {{count, number}} flagged item of “{{job}}” the first {{shown, number}} are shown. Reasons of the others may be missing here.',
  partial_other:
    'Of the {{count, number}} flagged items of “{{job}}” the first {{shown, number}} are shown. Reasons of the others may be missing here.',
  partialUnknown: '“{{job}}” has very many flagged items; the first {{shown, number}} are shown.',
  moreJobs: 'Only the first {{shown, number}} jobs are looked at.',
  retry: 'Try again',
  retryOf: 'Try again: {{reason}}, {{job}}',
  ignore: 'Ignore',
  ignoreOf: 'Ignore: {{reason}}, {{job}}',
  ignoreQuestion: 'Ignore all that is flagged for this reason?',
  ignoreText:
    'All flagged items of “{{job}}” with the reason “{{reason}}” count as skipped and no longer wait. Their files stay as they are on both sides.',
  showAll_one: 'Show {{count, number}} more',
  showAll_other: 'Show {{count, number}} more',
  showLess: 'Show fewer',
  affected: 'Items of {{job}}',
} as const;
