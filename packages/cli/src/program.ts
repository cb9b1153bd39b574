import { parseArgs } from 'node:util';
import { COMMANDS, type Command, type Given } from './commands.js';
import { exitCodeOfError, sentenceOf, UsageError, type ExitCode } from './exit-codes.js';
import { generalHelp, helpOf } from './help.js';
import { line, type Terminal } from './terminal.js';

/** Carries out a command line; what it returns is the exit code. */
export async function runProgram(terminal: Terminal, args: readonly string[]): Promise<ExitCode> {
  const [name = '--help', ...rest] = args;
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

function show({ out }: Terminal, text: string): ExitCode {
  line(out, text);
  return 0;
}

function readArgs(name: string, { usage, options }: Command, args: string[]): Given {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (positionals.length !== (usage === '' ? 0 : 1))
    throw new UsageError(`Give it as: sluice ${`${name} ${usage}`.trim()}. Names with spaces stand in quotes.`);
  const [subject = ''] = positionals;
  return { subject, flags: values };
}
