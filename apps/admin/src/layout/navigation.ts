import type { Icon } from '@tabler/icons-react';
import type { words } from './words.en.js';

/** Parts of the navigation, in their order. */
export const SECTIONS = ['work', 'analyse', 'manage', 'system'] as const;
export type Section = (typeof SECTIONS)[number];

/** How the navigation leads to a route; a route without one is reached from a page. */
export interface NavigationEntry {
  section: Section;
  /** Key of the place's word, `place.<name>` in the words of the frame. */
  name: keyof (typeof words)['place'];
  icon: Icon;
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    navigation?: NavigationEntry;
  }
}

/** What the navigation reads of a route. */
export interface Placed {
  fullPath: string;
  options: { staticData?: { navigation?: NavigationEntry } };
}

export interface Place extends NavigationEntry {
  to: string;
}

/** Entries of all routes by section, in the order in which the features are listed; sections without an entry are left out. */
export function placesOf(routes: readonly Placed[]): { section: Section; places: Place[] }[] {
  const places = routes.flatMap(({ fullPath, options }): Place[] => {
    const entry = options.staticData?.navigation;
    return entry ? [{ ...entry, to: fullPath }] : [];
  });
  return SECTIONS.map((section) => ({ section, places: places.filter((place) => place.section === section) })).filter(
    (group) => group.places.length > 0,
  );
}
