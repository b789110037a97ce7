import type { LogLine } from './read-log.ts';

/** Known from what was asked for, or told at the beginning of the line. */
const left = new Set(['time', 'level', 'service', 'event', 'team', 'channel', 'thread', 'message', 'session', 'request']);
const longest = 300;

/** Lambda's own lines without news. */
export function isNoise({ entry, message }: LogLine): boolean {
  return entry === undefined && (/^(?:START|END|REPORT|INIT_START|XRAY) /.test(message) || message.trim() === '');
}

/** `10:15:01.123 worker      info  question.leased attempt=1`. */
export function tellLine({ component, at, entry, message }: LogLine): string {
  const time = new Date(at).toISOString().slice(0, 23).replace('T', ' ');
  if (!entry) return `${time} ${component.padEnd(11)} ${cut(message)}`;
  const counted = countedIn(entry);
  const fields = Object.entries(entry).filter(([name]) => !left.has(name) && !counted.has(name));
  const told = fields.map(([name, value]) => `${name}=${textOf(value)}`);
  return [`${time} ${component.padEnd(11)} ${String(entry.level).padEnd(5)} ${entry.event}`, ...told].join(' ');
}

/** What CloudWatch makes metrics of: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
function countedIn({ _aws: about }: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  if (typeof about !== 'object' || about === null || !('CloudWatchMetrics' in about)) return new Set();
  const metrics = [about.CloudWatchMetrics].flat() as { readonly Metrics?: readonly { readonly Name?: string }[] }[];
  const names = metrics.flatMap(({ Metrics = [] }) => Metrics.map(({ Name = '' }) => Name));
  // A name without a dot is a field of the line itself, which is counted as it is.
  return new Set(['_aws', 'Deployment', ...names.filter((name) => name.includes('.'))]);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return /^[^\s"]{1,300}$/.test(value) ? value : JSON.stringify(cut(value));
  if (typeof value !== 'object' || value === null) return String(value);
  // An error: its stack is there with --json.
  if ('name' in value && 'message' in value) return JSON.stringify(cut(`${value.name}: ${value.message}`));
  return cut(JSON.stringify(value));
}

function cut(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}
