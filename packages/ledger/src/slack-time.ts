/** Epoch milliseconds of a time in Slack's form, not rounded: two of them compare whatever our own clocks say, within a millisecond, too. */
export function millisecondsOf(ts: string): number {
  return Number(ts) * 1000;
}

/** The same of what tells a message's edits apart (`editedTs`), of whose times the last one tells them apart within a second. */
export function timeOfEdit(editedTs: string): number {
  return millisecondsOf(editedTs.split(' ').at(-1) ?? '');
}
