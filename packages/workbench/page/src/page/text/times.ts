/** `13:05` of a Slack timestamp. */
export function timeOf(ts: string): string {
  return dateOf(ts).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}

export function momentOf(ts: string): string {
  return dateOf(ts).toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'medium' });
}

/** `Today`, `Yesterday` or the date. */
export function dayOf(ts: string, now: Date): string {
  const date = dateOf(ts);
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (date.toDateString() === now.toDateString()) return 'Today';
  if (date.toDateString() === yesterday.toDateString()) return 'Yesterday';
  return date.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** `12 ms`, `4.5 s` or `3 min 20 s`. */
export function lengthOf(milliseconds: number): string {
  const whole = Math.round(milliseconds);
  if (whole < 1_000) return `${whole} ms`;
  if (whole < 59_950) return `${(whole / 1_000).toFixed(1)} s`;
  const seconds = Math.round(whole / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function dateOf(ts: string): Date {
  return new Date(Number(ts) * 1_000);
}
