import { parseArgs } from 'node:util';
import type { Command, Given } from './command.js';
import { COMMANDS } from './commands.js';
import { exitCodeOfError, sentenceOf, UsageError, type ExitCode } from './exit-codes.js';
import { generalHelp, helpOf } from './help.js';
import { line, type Terminal } from './terminal.js';

/** Carries out a command line; what it returns is the exit code. */
export async function runProgram(terminal: Terminal, args: readonly string[]): Promise<ExitCode> {
  const { name, rest } = commandOf(args);
  try {
    if (['--help', '-h', 'help'].includes(name)) return show(terminal, generalHelp());
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command) throw new UsageError(`There is no such command. “sluice --help” lists them.`);
    if (rest.some((each) => each === '--help' || each === '-h')) return show(terminal, helpOf(name, command));
    return await command.work(terminal, readArgs(name, command, rest));
  } catch (error) {
    if (terminal.signal.aborted) return 130;
    line(terminal.err, sentenceOf(error));
    return exitCodeOfError(error);
  }
}

/** The first word, or the first two where a command has two. */
function commandOf(args: readonly string[]): { name: string; rest: string[] } {
  const [first = '--help', second = '', ...others] = args;
  const both = `${first} ${second}`;
  return Object.hasOwn(COMMANDS, both) ? { name: both, rest: others } : { name: first, rest: args.slice(1) };
}

function show({ out }: Terminal, text: string): ExitCode {
  line(out, text);
  return 0;
}

function readArgs(name: string, { usage, options }: Command, args: string[]): Given {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (positionals.length !== usage.split(' ').filter(Boolean).length)
    throw new UsageError(`Give it as: sluice ${`${name} ${usage}`.trim()}. Names with spaces stand in quotes.`);
  const [subject = '', object = ''] = positionals;
  return { subject, object, flags: values };
}
