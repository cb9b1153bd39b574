import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { DEFAULT_LIMITS } from '../limits.js';
import { Peer } from './peer.js';
import { textFrame } from './text-frame.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(openCount: number) {
  const network = {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
  };
  const write = vi.fn<(data: Buffer, sent: () => void) => boolean>();
  const socket = Object.assign(new EventEmitter(), { ...network, close: vi.fn(), terminate: vi.fn(), ping: vi.fn() });
  const now = () => Date.now();
  const clock = { now, monotonic: now, sleep: () => Promise.resolve() };
  const limits = { ...DEFAULT_LIMITS, idleSocket: 60_000 };
  const parts = { address: '192.0.2.1', limits, clock, mayPing: () => true };
  const peer = new Peer(
    socket as unknown as WebSocket,
    { headers: {}, socket: { write } } as unknown as IncomingMessage,
    parts,
  );
  peer.countOpen = () => openCount;
  return { socket, peer, write };
}

it('a connection without subscriptions is closed after the time for idle ones, one with a subscription stays', () => {
  const [idle, used] = [open(0), open(1)];
  for (const { socket } of [idle, used]) socket.ping.mockImplementation(() => socket.emit('pong'));
  vi.advanceTimersByTime(60_000);
  expect(idle.socket.close).toHaveBeenCalledWith(1000, 'Idle');
  expect(used.socket.close).not.toHaveBeenCalled();
  for (const { peer } of [idle, used]) peer.stop();
});

it('a connection that does not answer a ping until the next one is ended', () => {
  const { socket, peer } = open(1);
  vi.advanceTimersByTime(23_999);
  expect([socket.ping.mock.calls.length, socket.terminate.mock.calls.length]).toEqual([1, 0]);
  vi.advanceTimersByTime(1);
  expect(socket.terminate).toHaveBeenCalledTimes(1);
  peer.stop();
});

it('whoever sends waits until a slow network has taken all of it, or the connection has closed', async () => {
  const { socket, peer, write } = open(1);
  expect(peer.send(textFrame('quick'))).toBeNull();
  const isOver = vi.fn();
  const wait = (message: string) => {
    socket.bufferedAmount += message.length;
    void peer.send(textFrame(message))?.then(isOver);
    return write.mock.lastCall![1];
  };
  const [first, second] = [wait('one'), wait('two')];
  socket.bufferedAmount = 3;
  first();
  await Promise.resolve();
  expect(isOver).not.toHaveBeenCalled();
  socket.bufferedAmount = 0;
  second();
  await Promise.resolve();
  expect(isOver).toHaveBeenCalledTimes(2);
  wait('three');
  socket.readyState = 3;
  peer.stop();
  await Promise.resolve();
  expect(isOver).toHaveBeenCalledTimes(3);
  expect(peer.send(textFrame('late'))).toBeNull();
});
