export const words = {
  loading: 'Loading',
  more: 'Show more',
  tryAgain: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  discardQuestion: 'Leave without saving what you typed?',
  keepEditing: 'Keep editing',
  discard: 'Discard',
} as const;
