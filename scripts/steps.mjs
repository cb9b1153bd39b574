import { spawn } from 'node:child_process';
import process from 'node:process';

const isTerminal = process.stdout.isTTY === true;

/** A step that did not work: a sentence for people and what the command printed. */
export class StepFailed extends Error {
  constructor(sentence, output = '') {
    super(sentence);
    this.output = output;
  }
}

/** Prints why a script stops, and ends it; several steps that ran at once may have failed. */
export function stop(...errors) {
  for (const error of errors) {
    if (!(error instanceof StepFailed)) throw error;
    if (error.output) process.stderr.write(`\n${error.output}\n`);
    process.stderr.write(`\n✗ ${error.message}\n`);
  }
  process.exit(1);
}

/**
 * Runs one command and keeps people informed while it lasts; its own output is shown only when it fails.
 * `quietMs`: a command that is done sooner prints nothing. `isDone`: judges by what the command printed whether it worked,
 * where its exit code alone does not tell. `isBeside`: another program prints meanwhile, so only the end is told.
 * Throws StepFailed with `failure` as its sentence.
 */
export async function step({
  label,
  hint,
  command,
  args,
  env = {},
  failure,
  isDone = () => true,
  quietMs = 0,
  isBeside = false,
  lineCount = 40,
}) {
  const ticker = isBeside ? startQuiet(label) : startTicker(label, hint, quietMs);
  const { code, output } = await capture(command, args, env);
  const worked = code === 0 && isDone(output);
  ticker.end(worked);
  if (!worked) throw new StepFailed(failure, bothEnds(output, lineCount));
}

/** Runs npm itself: the one that runs this script, else the one on the PATH. */
export function npm(args) {
  const own = process.env.npm_execpath;
  if (own && /\.c?js$/.test(own)) return { command: process.execPath, args: [own, ...args] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args };
}

/** Runs the script of an installed package with this Node, which needs no shell on any system. */
export function tool(path, args) {
  return { command: process.execPath, args: [`node_modules/${path}`, ...args] };
}

function capture(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: command.endsWith('.cmd'),
    });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-200_000);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => resolve({ code: 1, output: `${output}\n${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

const startQuiet = (label) => {
  const begun = Date.now();
  return { end: (succeeded) => tellEnd(label, begun, succeeded) };
};

function tellEnd(label, begun, succeeded) {
  process.stdout.write(`${succeeded ? '✓' : '✗'} ${label}, ${Math.round((Date.now() - begun) / 1000)} s\n`);
}

/** One line that counts seconds on a terminal; a line at the start and every quarter of a minute in a log. */
function startTicker(label, hint, quietMs) {
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  const note = hint ? ` (${hint})` : '';
  let shown = false;
  const show = () => {
    if (isTerminal) process.stdout.write(`\r\x1b[K… ${label}${note} ${seconds()} s`);
    else process.stdout.write(shown ? `  … still at it, ${seconds()} s\n` : `… ${label}${note}\n`);
    shown = true;
  };
  const first = setTimeout(show, quietMs);
  const later = setInterval(show, isTerminal ? 1000 : 15_000);
  return {
    end(succeeded) {
      clearTimeout(first);
      clearInterval(later);
      if (!shown && succeeded) return;
      if (isTerminal && shown) process.stdout.write('\r\x1b[K');
      tellEnd(label, begun, succeeded);
    },
  };
}

/** The reason stands at the beginning of what some programs print, and at the end of what others do. */
function bothEnds(text, count) {
  const lines = text.trimEnd().split('\n');
  if (lines.length <= count) return lines.join('\n');
  return [...lines.slice(0, count / 2), '…', ...lines.slice(-count / 2)].join('\n');
}
