// The other side of the measured connections, in a process of its own, so that its work is not counted.
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { WebSocket } from 'ws';
import type { Order } from './client-process.js';

const CONNECTIONS = 8;
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const sockets: WebSocket[] = [];
/** Messages that came and were not waited for yet: one may be quicker than the order to wait for it. */
let received = 0;
let awaited = { messages: Infinity, tell: () => undefined as void };

process.on('message', (order: Order) => {
  carryOut(order).then(
    () => process.send?.({ isDone: true }),
    (error: unknown) => process.send?.({ isDone: false, error: String(error) }),
  );
});

function carryOut(order: Order): Promise<unknown> {
  if (order.kind === 'requests') return sendAll(order);
  if (order.kind === 'subscribe') return subscribeAll(order);
  if (order.kind === 'messages') return untilMessages(order.count);
  return leave();
}

async function sendAll({ url, headers, body, count }: Extract<Order, { kind: 'requests' }>): Promise<void> {
  let left = count;
  const sendInTurn = async () => {
    while (left-- > 0) await send(url, headers, body);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sendInTurn));
}

function send(url: string, headers: Record<string, string>, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: 'POST', headers: { ...headers, 'content-type': 'application/json' } });
    sent.once('error', reject);
    sent.once('response', (reply) => {
      if (reply.statusCode !== 200) reject(new Error(`The server answered ${reply.statusCode}.`));
      reply.resume().once('end', () => resolve());
    });
    sent.end(body);
  });
}

/** In portions, each of which a server takes in time also on a machine that does other things. */
async function subscribeAll(order: Extract<Order, { kind: 'subscribe' }>): Promise<void> {
  const left = [...order.variables];
  while (left.length > 0) await Promise.all(left.splice(0, 50).map((each) => subscribe(order, each)));
}

async function subscribe(
  { url, headers, query, isReading }: Extract<Order, { kind: 'subscribe' }>,
  variables: Record<string, unknown>,
): Promise<void> {
  const socket = new WebSocket(url, 'graphql-transport-ws', { headers, perMessageDeflate: false });
  sockets.push(socket);
  await once(socket, 'open');
  const acknowledged = once(socket, 'message');
  socket.send('{"type":"connection_init"}');
  await acknowledged;
  socket.on('message', (data: Buffer) => count(data.toString('latin1')));
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }));
  if (!isReading) socket.pause();
}

function count(text: string): void {
  if (text.includes('"type":"error"')) throw new Error(text);
  if (!text.includes('"type":"next"')) return;
  received++;
  tellIfAllCame();
}

function tellIfAllCame(): void {
  const { messages, tell } = awaited;
  if (received < messages) return;
  received -= messages;
  awaited.messages = Infinity;
  tell();
}

function untilMessages(messages: number): Promise<void> {
  return new Promise((resolve) => {
    awaited = { messages, tell: resolve };
    tellIfAllCame();
  });
}

async function leave(): Promise<void> {
  const all = sockets.splice(0);
  const closed = all.filter((socket) => socket.readyState !== socket.CLOSED).map((socket) => once(socket, 'close'));
  for (const socket of all) socket.terminate();
  await Promise.all(closed);
}
