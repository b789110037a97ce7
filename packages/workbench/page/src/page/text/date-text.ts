const styles: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

/** Slack's date pattern, such as `{date_short} at {time}`, in the reader's own time zone; undefined for what is no time. */
export function dateText(seconds: number, pattern: string): string | undefined {
  const date = new Date(seconds * 1_000);
  if (!Number.isFinite(date.getTime())) return undefined;
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const plain = name.replace(/_pretty$/, '');
    const style = Object.hasOwn(styles, plain) ? styles[plain] : undefined;
    return style ? date.toLocaleString('en-GB', style) : whole;
  });
}
