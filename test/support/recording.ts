import { on, once } from 'node:events';
import { WebSocket } from 'ws';

interface Message {
  type: string;
  payload?: { data?: { runProgress?: { sequence: number; cursor: string } } };
}

const QUERY =
  'subscription ($runId: ID!, $after: String) { runProgress(runId: $runId, after: $after) { cursor sequence kind state } }';

/**
 * What passes on the WebSocket when the live events of an ended run are read from behind its first one, with a break after
 * the second: `→` from the client, `←` from the server. Identifier, token and cursors are replaced by words.
 */
export async function recordResumption(
  url: string,
  token: string,
  run: { id: string; firstCursor: string },
): Promise<string> {
  const cursors = [run.firstCursor];
  const lines: string[] = [];
  const follow = async (isLast: (message: Message) => boolean): Promise<void> => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
    const messages = on(socket, 'message') as AsyncIterable<[Buffer]>;
    const send = (message: object): void => {
      lines.push(`→ ${JSON.stringify(message)}`);
      socket.send(JSON.stringify(message));
    };
    await once(socket, 'open');
    send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    for await (const [data] of messages) {
      const message = JSON.parse(data.toString()) as Message;
      if (message.type === 'ping') continue;
      lines.push(`← ${data.toString()}`);
      const variables = { runId: run.id, after: cursors.at(-1) };
      if (message.type === 'connection_ack') send({ id: '1', type: 'subscribe', payload: { query: QUERY, variables } });
      const event = message.payload?.data?.runProgress;
      if (event) cursors[event.sequence - 1] = event.cursor;
      if (isLast(message)) break;
    }
    // Without a word, as when a network goes.
    socket.terminate();
  };
  await follow(({ payload }) => payload?.data?.runProgress?.sequence === 2);
  lines.push('✂ the connection breaks');
  await follow(({ type }) => type === 'complete');
  const words = [[token, 'TOKEN'], ...cursors.map((cursor, index) => [cursor, `CURSOR-${index + 1}`]), [run.id, 'RUN']];
  return lines.map((line) => words.reduce((text, [from = '', to = '']) => text.replaceAll(from, to), line)).join('\n');
}
