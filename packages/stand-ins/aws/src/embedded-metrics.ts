/** One value that CloudWatch takes into a metric. */
export interface MetricPoint {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: string;
  readonly value: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html, as of 2026-11-30. */
const bytes = ['Bytes', 'Bits'].flatMap((unit) => ['', 'Kilo', 'Mega', 'Giga', 'Tera'].map((size) => scaled(size, unit)));
const plain = ['Seconds', 'Microseconds', 'Milliseconds', 'Percent', 'Count', 'None', 'Count/Second'];
const units = new Set([...bytes, ...bytes.map((unit) => `${unit}/Second`), ...plain]);

/**
 * What CloudWatch Logs makes of a line in a log group of the standard class, whoever wrote it: nothing of most, metrics of one with `_aws`. Throws
 * where the real one drops the line and counts that as `EMFValidationErrors` of its group, which nobody is told of.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricPointsIn(line: string): MetricPoint[] {
  const root = JSON.parse(line) as Record<string, unknown>;
  if (root._aws === undefined) return [];
  const { Timestamp: at, CloudWatchMetrics: directives } = root._aws as { Timestamp?: unknown; CloudWatchMetrics?: unknown };
  if (!Number.isInteger(at)) throw refused('_aws.Timestamp is no whole number of milliseconds');
  return listOf(directives, 'CloudWatchMetrics').flatMap((directive) => pointsOf(root, directive as Directive, at as number));
}

interface Directive {
  readonly Namespace?: unknown;
  readonly Dimensions?: unknown;
  readonly Metrics?: unknown;
}

function pointsOf(root: Readonly<Record<string, unknown>>, { Namespace, Dimensions, Metrics }: Directive, at: number): MetricPoint[] {
  const namespace = textOf(Namespace, 'Namespace', 255);
  if (/^AWS\//.test(namespace)) throw refused(`${namespace} is a namespace of AWS`);
  const metrics = listOf(Metrics, 'Metrics');
  if (metrics.length > 100) throw refused(`${metrics.length} metrics in one directive`);
  return listOf(Dimensions, 'Dimensions').flatMap((set) => {
    const names = listOf(set, 'a dimension set');
    if (names.length > 30) throw refused(`${names.length} dimensions`);
    const dimensions = Object.fromEntries(names.map((name) => [String(name), dimensionOf(root, String(name))]));
    return metrics.flatMap((metric) => {
      const { Name, Unit = 'None' } = metric as { Name?: unknown; Unit?: unknown };
      const name = textOf(Name, 'a metric’s name', 1024);
      if (!units.has(String(Unit))) throw refused(`${name} is in ${Unit}`);
      return valuesOf(root[name], name).map((value) => ({ namespace, name, dimensions, unit: String(Unit), value, at }));
    });
  });
}

function dimensionOf(root: Readonly<Record<string, unknown>>, name: string): string {
  if (name.length > 250 || !/^[\x20-\x7e]+$/.test(name) || name.startsWith(':')) throw refused(`${name} is no name of a dimension`);
  const value = textOf(root[name], `the dimension ${name}`, 1024);
  if (!/^[\x20-\x7e]+$/.test(value) || value.trim() === '') throw refused(`the dimension ${name} has no value`);
  return value;
}

function valuesOf(value: unknown, name: string): number[] {
  const values = Array.isArray(value) ? value : [value];
  if (values.length > 100) throw refused(`${name} has ${values.length} values`);
  // JSON has neither NaN nor infinity: they become null.
  if (!values.every((one) => typeof one === 'number' && Math.abs(one) < 2 ** 360)) throw refused(`${name} has no number`);
  return values as number[];
}

function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw refused(`${what} has nothing in it`);
  return value;
}

function textOf(value: unknown, what: string, longest: number): string {
  if (typeof value !== 'string' || value === '' || value.length > longest)
    throw refused(`${what} is no text of up to ${longest} characters`);
  return value;
}

function refused(why: string): Error {
  return new Error(`CloudWatch makes no metric of the line: ${why}`);
}

function scaled(size: string, unit: string): string {
  return size === '' ? unit : `${size}${unit.toLowerCase()}`;
}
