/** Epoch milliseconds of a time in Slack's form. Two of them compare whatever our own clocks say. */
export function millisecondsOf(ts: string): number {
  return Math.floor(Number(ts) * 1000);
}

/** The same of what tells a message's edits apart (`editedTs`), of whose times the last one tells them apart within a second; not rounded. */
export function timeOfEdit(editedTs: string): number {
  return Number(editedTs.split(' ').at(-1)) * 1000;
}
