import { createServer, request, type IncomingMessage, type Server as HttpServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium, openTab, signInAs } from '../support/chromium.js';
import { Server } from '../support/server.js';

describe.each([
  ['takes the path off', (url: string) => url.slice('/sluice'.length) || '/'],
  ['leaves the path on', (url: string) => url],
])('the web app behind a proxy that %s', (_name, onward) => {
  let proxy: HttpServer;
  let server: Server;
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    proxy = createServer((incoming, reply) => {
      const path = incoming.url ?? '';
      if (!path.startsWith('/sluice')) return void reply.writeHead(418).end();
      const { method, headers } = incoming;
      const passed = request({ port: server.port, path: onward(path), method, headers }, (response) => {
        reply.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(reply);
      });
      passed.on('error', () => reply.destroy());
      incoming.pipe(passed);
    });
    proxy.on('upgrade', (incoming: IncomingMessage, socket) => {
      const inner = connect(server.port, '127.0.0.1', () => {
        const headers = Object.entries(incoming.headers).map(([name, value]) => `${name}: ${String(value)}`);
        inner.write([`GET ${onward(incoming.url ?? '')} HTTP/1.1`, ...headers, '', ''].join('\r\n'));
        socket.pipe(inner).pipe(socket);
      });
      for (const end of [inner, socket]) end.on('error', () => inner.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    address = `http://localhost:${(proxy.address() as AddressInfo).port}`;
    const env = { SLUICE_PUBLIC_URL: `${address}/sluice` };
    [server, browser] = await Promise.all([Server.start({ env }), openChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
    proxy.closeAllConnections();
    proxy.close();
  });

  it('lets a person sign in, follow links and reload a page', async () => {
    const page = await openTab(browser);
    const lost: string[] = [];
    page.on('response', (reply) => reply.status() >= 400 && lost.push(`${reply.status()} ${reply.url()}`));
    await page.goto(`${address}/sluice`);
    await signInAs(page);
    await page.getByRole('link', { name: 'Connections' }).first().click();
    await page.waitForURL(`${address}/sluice/connections`);
    await page.reload();
    await page.getByRole('link', { name: 'Add connection' }).first().click();
    await page.getByRole('button', { name: 'Procore', exact: true }).waitFor();
    expect(page.url()).toMatch(new RegExp(`^${address}/sluice/connections/`));
    expect(lost).toEqual([]);
  });
});
