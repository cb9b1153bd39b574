import { server, serverAnswers } from '../graphql/server.js';

/** Words of a room, as far as a page needs them: it is shown once they are loaded. */
interface Loadable {
  load(): Promise<void>;
}

/**
 * Imports a page together with its words. Fails without the server, with an error that the page of failures shows.
 *
 * @param words the catalogues of the rooms whose words it shows, but for those that every page has
 */
export const withWords =
  <Page>(words: readonly Loadable[], page: () => Promise<Page>) =>
  async (): Promise<Page> => {
    try {
      return (await Promise.all([page(), ...words.map((each) => each.load())]))[0];
    } catch (error) {
      // The router takes a module that cannot be loaded for one of an older version, and loads the application anew.
      if (await serverAnswers()) throw error;
      void server.doubt();
      throw new Error('The page could not be loaded.', { cause: error });
    }
  };
