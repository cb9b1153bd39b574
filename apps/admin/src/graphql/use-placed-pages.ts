import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { PlacedPages, type PlacedSource } from './placed-pages.js';

/** Reads a list by the place of its entries while it is shown; another source is another list. */
export function usePlacedPages<Node>(source: PlacedSource<Node>): PlacedPages<Node> {
  const pages = useMemo(() => new PlacedPages(source), [source]);
  useEffect(() => {
    pages.open();
    return () => pages.close();
  }, [pages]);
  useSyncExternalStore(pages.subscribe, () => pages.version);
  return pages;
}
