import type { Command } from './command.js';
import { COMMANDS } from './commands.js';
import { EXIT_CODES } from './exit-codes.js';

const columns = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`).join('\n');
};

export function generalHelp(): string {
  const commands = Object.entries(COMMANDS).map(
    ([name, { usage, summary }]) => [`sluice ${name} ${usage}`.trim(), summary] as const,
  );
  return [
    'Runs jobs of a Sluice server from the command line.',
    columns(commands),
    'JOB is the identifier or the name of a job. RUN is the identifier of a run, or a JOB for its latest one.',
    'SET is the identifier or the name of a mapping set, CONNECTION that of a connection.',
    'SLUICE_URL and SLUICE_TOKEN give the server and an API token without login. “sluice COMMAND --help” tells more.',
    `Exit codes:\n${columns(EXIT_CODES.map(([code, meaning]) => [String(code), meaning] as const))}`,
  ].join('\n\n');
}

export function helpOf(name: string, { usage, summary, options, help }: Command): string {
  const rows = Object.entries(options).map(
    ([option, { type }]) => [`--${option}${type === 'string' ? ' VALUE' : ''}`, help[option] ?? ''] as const,
  );
  return `sluice ${name} ${usage}`.trim() + `: ${summary}\n\n${columns(rows)}`;
}
