import { graphql } from '@sluice/client';
import { Failure } from './exit-codes.js';
import { connect, DEFAULT_URL, save, shownUrl } from './settings.js';
import { line, shown, type Terminal } from './terminal.js';

const WhoAmI = graphql(`
  query WhoAmI {
    viewer {
      actor {
        displayName
      }
    }
  }
`);

/** Asks for a token, tries it, and keeps it with the address for this person alone. */
export async function login(terminal: Terminal, urlFlag: string | undefined): Promise<void> {
  const url = urlFlag ?? (terminal.env['SLUICE_URL'] || DEFAULT_URL);
  const token = await terminal.askSecret(`API token for ${shownUrl(url)}: `);
  if (!token?.trim()) throw new Failure(2, 'No token was given. Make one on the page “API tokens” and paste it here.');
  const client = connect(terminal, url, token.trim());
  const { viewer } = await client.request(WhoAmI, {}, { signal: terminal.signal });
  if (viewer === null) throw new Failure(4, 'The server does not know this token. Make one on the page “API tokens”.');
  const file = await save(terminal.env, { url, token: token.trim() });
  line(terminal.err, `Signed in as ${shown(viewer.actor.displayName)}. Kept in ${file}, readable for you alone.`);
}
