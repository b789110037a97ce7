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

function dateOf(ts: string): Date {
  return new Date(Number(ts) * 1_000);
}
