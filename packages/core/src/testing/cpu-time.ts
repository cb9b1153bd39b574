/** Milliseconds of processor time that this process has used: on a busy machine work takes no more of it. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
