/** What the main thread of a page did without a pause, in milliseconds. */
export interface Task {
  clock: number;
  /** Without the time in which the machine did something else. */
  processor: number;
}

/** An event of a trace as Chromium writes it: times in microseconds. */
interface Traced {
  name: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

/** What a trace has to be asked for, so that it tells the tasks. */
export const TASK_CATEGORIES = ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'];

const TASK_NAMES = new Set(['RunTask', 'ThreadControllerImpl::RunTask']);

/** The tasks of the main threads of pages in a trace. */
export function tasksOf(trace: Buffer): Task[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: Traced[] };
  const threadOf = ({ pid, tid }: Traced) => `${pid} ${tid}`;
  const isMain = ({ name, args }: Traced) => name === 'thread_name' && args?.name === 'CrRendererMain';
  const mains = new Set(traceEvents.filter(isMain).map(threadOf));
  const tasks = traceEvents.filter((event) => TASK_NAMES.has(event.name) && mains.has(threadOf(event)));
  if (tasks.length === 0) throw new Error('The trace tells no task of a page.');
  return tasks.map(({ dur = 0, tdur = dur }) => ({ clock: dur / 1_000, processor: tdur / 1_000 }));
}
