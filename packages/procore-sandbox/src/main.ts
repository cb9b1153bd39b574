#!/usr/bin/env node
import { readCommandLine, usage } from './cli.js';
import { resolveOptions } from './defaults.js';
import type { SandboxInput } from './options.js';
import { startSandbox, type Sandbox } from './sandbox.js';

function describe(input: SandboxInput, sandbox: Sandbox): string {
  const { clients, companies, projects, users, limits } = resolveOptions(input);
  const lines = [
    `API      ${sandbox.apiUrl}   (overview, counters and faults: ${sandbox.apiUrl}/sandbox)`,
    `Login    ${sandbox.loginUrl}`,
    `Files    ${sandbox.filesUrl}`,
    `Storage  ${sandbox.storageUrl}`,
    `Limits   ${limits.hourly} in ${limits.hourSeconds} s, ${limits.spike} in ${limits.spikeSeconds} s`,
    ...clients.map(({ id, secret, serviceAccount }) => {
      return `Client   ${id}   secret ${secret}   ${serviceAccount ? 'client_credentials' : 'authorization_code'}`;
    }),
    ...companies.map(
      ({ id, name, appInstalled }) => `Company  ${id}   ${name}${appInstalled ? '' : '   (app not installed)'}`,
    ),
    ...projects.map(({ id, name }) => `Project  ${id}   ${name}`),
    ...users.map(({ id, name, login }) => `User     ${id}   ${name}   ${login}`),
  ];
  return `${lines.join('\n')}\n`;
}

async function main(): Promise<void> {
  const input = readCommandLine(process.argv.slice(2), process.env);
  if (input === 'help') return void process.stdout.write(usage);
  const sandbox = await startSandbox(input);
  process.stdout.write(describe(input, sandbox));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close().catch(fail));
}

function fail(error: unknown): void {
  process.stderr.write(`procore-sandbox: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

main().catch(fail);
