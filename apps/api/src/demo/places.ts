/** The folder of example files, in the demo's folder. */
export const SITE = 'Harbour Pier 4';
export const SYNC_NAME = 'Demo: permits on both sides';
/** A folder of the site that its SYNC job keeps alike at Procore, outside of what the copy writes. */
export const SYNC_FOLDER = '03 Permits';
export const SYNC_PLACE = 'Shared permits';
