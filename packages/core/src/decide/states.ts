/**
 * What a side tells of an item that the ledger knows, against what it was then. `touched`: version or time differ and the
 * content is proved equal. `absent`: there is evidence that it is gone. `unknown`: neither seen nor proved gone.
 */
export const SIDE_STATES = ['same', 'touched', 'changed', 'absent', 'unknown'] as const;
export type SideState = (typeof SIDE_STATES)[number];

/** What the source tells of an item that the ledger does not know. `late`: it came after the scope of the job was frozen. */
export const FIRST_SOURCE_STATES = ['there', 'late', 'absent', 'unknown'] as const;
export type FirstSourceState = (typeof FIRST_SOURCE_STATES)[number];

/** What stands at its place at the destination then. */
export const FIRST_DESTINATION_STATES = ['absent', 'equal', 'different', 'unknown'] as const;
export type FirstDestinationState = (typeof FIRST_DESTINATION_STATES)[number];

/** Whether a side has the item where the ledger knows it: in the same folder, under the same name. */
export const PLACES = ['here', 'moved'] as const;
export type Place = (typeof PLACES)[number];
