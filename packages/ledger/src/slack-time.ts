/** Epoch milliseconds of a time in Slack's form. Two of them compare whatever our own clocks say. */
export function millisecondsOf(ts: string): number {
  return Math.floor(Number(ts) * 1000);
}
