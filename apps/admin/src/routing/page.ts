/** Words of a room, as far as a page needs them: it is shown once they are loaded. */
interface Loadable {
  load(): Promise<void>;
}

/**
 * Imports a page together with its words.
 *
 * @param words the catalogues of the rooms whose words it shows, but for those that every page has
 */
export const withWords =
  <Page>(words: readonly Loadable[], page: () => Promise<Page>) =>
  async (): Promise<Page> =>
    (await Promise.all([page(), ...words.map((each) => each.load())]))[0];
