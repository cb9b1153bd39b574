import {
  JSON_HELP,
  JSON_OPTION,
  oneOf,
  simple,
  URL_HELP,
  URL_OPTION,
  withClient,
  type Command,
  type Given,
} from './command.js';
import { control, type Control } from './control.js';
import { UsageError, type ExitCode } from './exit-codes.js';
import { listConnections, listItems, listJobs, type Outcome } from './lists.js';
import { login } from './login.js';
import { MAPPING_COMMANDS } from './mapping-commands.js';
import { showPlan } from './plan.js';
import { writeReport, type ReportFlags } from './report.js';
import { followRun, startRun } from './run.js';
import type { Terminal } from './terminal.js';

const listed = (summary: string, list: typeof listJobs): Command =>
  simple({ usage: '', summary, options: JSON_OPTION, help: JSON_HELP }, (terminal, client, { flags }) =>
    list(terminal, client, flags['json'] === true),
  );

const controlled = (what: Control, summary: string, more: Partial<Pick<Command, 'options' | 'help'>> = {}): Command =>
  simple({ usage: 'RUN', summary, ...more }, (terminal, client, { subject, flags }) =>
    control(terminal, client, subject, what, flags['now'] === true),
  );

export const COMMANDS: Readonly<Record<string, Command>> = {
  login: {
    usage: '',
    summary: 'asks for an API token, tries it, and keeps it for you alone',
    options: URL_OPTION,
    help: { url: 'address of the server; else SLUICE_URL, http://localhost:4000' },
    work: async (terminal, { flags }) => {
      await login(terminal, flags['url'] as string | undefined);
      return 0;
    },
  },
  connections: listed('lists the connections', listConnections),
  jobs: listed('lists the jobs', listJobs),
  plan: simple(
    {
      usage: 'JOB',
      summary: 'shows what a run would do, and changes nothing',
      options: JSON_OPTION,
      help: { json: 'every step as one JSON object in a line' },
    },
    (terminal, client, { subject, flags }) => showPlan(terminal, client, subject, flags['json'] === true),
  ),
  run: {
    usage: 'JOB',
    summary: 'starts a run and shows it to its end, with its exit code',
    options: {
      ...URL_OPTION,
      ...JSON_OPTION,
      simulate: { type: 'boolean' },
      detach: { type: 'boolean' },
      only: { type: 'string', multiple: true },
    },
    help: {
      ...URL_HELP,
      json: 'every event, or with --simulate every step, as one JSON object in a line',
      simulate: 'plan only: the same as “sluice plan”',
      detach: 'start it, print its identifier and leave it alone',
      only: 'this path of the job only, such as /Drawings/A-101.pdf; may be given several times',
    },
    work: run,
  },
  follow: {
    usage: 'RUN',
    summary: 'shows a run that is under way to its end, with its exit code',
    options: { ...URL_OPTION, ...JSON_OPTION },
    help: { ...URL_HELP, json: 'every event as one JSON object in a line' },
    work: (terminal, given) =>
      withClient(terminal, given, (client) => followRun(terminal, client, given.subject, given.flags['json'] === true)),
  },
  items: simple(
    {
      usage: 'RUN',
      summary: 'lists what became of each item',
      options: { ...JSON_OPTION, outcome: { type: 'string', multiple: true } },
      help: { ...JSON_HELP, outcome: 'only items with this outcome, such as FLAGGED; may be given several times' },
    },
    (terminal, client, { subject, flags }) =>
      listItems(terminal, client, subject, {
        isJson: flags['json'] === true,
        outcomes: (flags['outcome'] as Outcome[] | undefined) ?? null,
      }),
  ),
  report: simple(
    {
      usage: 'RUN',
      summary: 'writes a report to a file, such as every item of a run with its reason and checksum',
      options: { kind: { type: 'string' }, format: { type: 'string' }, output: { type: 'string' } },
      help: {
        kind: 'ITEMS, the default, SUMMARY, LOG or SCAN of a run; of a JOB VALIDATION, whose sides are compared, UNMAPPED, what it could not map, and PERMISSIONS, who had access at its source; MAPPING_SET of the identifier or name of a set; AUDIT_LOG of “audit”',
        format: 'CSV, the default, or JSONL',
        output: 'file to write; else report.csv or report.jsonl',
      },
    },
    (terminal, client, { subject, flags }) => writeReport(terminal, client, subject, reportFlags(flags)),
  ),
  ...MAPPING_COMMANDS,
  pause: controlled('pause', 'lets a run rest at a safe point'),
  resume: controlled('resume', 'lets a run that rests go on'),
  cancel: controlled('cancel', 'ends a run at a safe point', {
    options: { now: { type: 'boolean' } },
    help: { now: 'break off the items in flight, and remove what they left' },
  }),
};

const REPORT_KINDS = [
  ...(['ITEMS', 'SUMMARY', 'LOG', 'SCAN'] as const),
  ...(['VALIDATION', 'UNMAPPED', 'PERMISSIONS', 'MAPPING_SET', 'AUDIT_LOG'] as const),
];
const REPORT_FORMATS = ['CSV', 'JSONL'] as const;

function reportFlags({ kind = 'ITEMS', format = 'CSV', output }: Given['flags']): ReportFlags {
  const chosen = { kind: oneOf('kind', REPORT_KINDS, kind), format: oneOf('format', REPORT_FORMATS, format) };
  return { ...chosen, output: typeof output === 'string' ? output : `report.${chosen.format.toLowerCase()}` };
}

async function run(terminal: Terminal, given: Given): Promise<ExitCode> {
  const { simulate, json, detach, only } = given.flags;
  const isJson = json === true;
  if (simulate && (detach || only))
    throw new UsageError('--simulate plans the whole job: leave out --detach and --only.');
  return withClient(terminal, given, async (client) => {
    if (simulate) {
      await showPlan(terminal, client, given.subject, isJson);
      return 0;
    }
    const onlyPaths = only as string[] | undefined;
    return startRun(terminal, client, given.subject, { onlyPaths, isDetached: detach === true, isJson });
  });
}
