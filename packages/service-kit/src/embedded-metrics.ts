/** What a line of the log counts: figures by the metric's name. */
export interface Figures {
  readonly values: Readonly<Record<string, Figure>>;
  /** Beside the deployment's. */
  readonly dimensions?: Readonly<Record<string, string>>;
}

export interface Figure {
  readonly unit: string;
  readonly value: unknown;
}

export interface Embedded {
  /** What goes into the line: nothing, where all of it is refused. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Why some of it is not there. */
  readonly problems: readonly string[];
}

/** Every metric of Vera's own. Two deployments in one account are told apart by the dimension `Deployment`. */
const namespace = 'Vera';
/**
 * What a metric may be told apart by, and no more: each value is a metric of its own, which is paid and watched by itself. Who asked, where and
 * which question are fields of the line.
 */
const dimensionNames = new Set(['Deployment', 'Server']);
/** Those of CloudWatch's units in which something is counted here: a metric in another than yesterday's is another to an alarm that names one. */
const units = new Set(['Count', 'Milliseconds', 'Seconds', 'None']);
const mostMetrics = 100;
const longestName = 255;

/**
 * CloudWatch's embedded metric format, by hand: CloudWatch Logs makes metrics of a line that carries `_aws`, in any log group of the standard
 * class, whoever writes it (no header is needed). What is not valid there is dropped without a word, the whole line of it for one empty dimension:
 * so it is refused here, and told.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embed({ values, dimensions = {} }: Figures, at: Date): Embedded {
  const ofDimensions = Object.entries(dimensions).flatMap(([name, value]) => problemOfDimension(name, value) ?? []);
  const told = Object.entries(values).map(([name, figure]) => ({ name, ...figure, problem: problemOfFigure(name, figure) }));
  const good = told.filter(({ problem }) => problem === undefined);
  const problems = [
    ...ofDimensions,
    ...(ofDimensions.length === 0 && Object.keys(dimensions).length === 0 ? ['no dimension says whose it is'] : []),
    ...(good.length > mostMetrics ? [`${good.length} metrics in one line`] : []),
  ];
  const ofFigures = told.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0 || good.length === 0) return { fields: {}, problems: [...problems, ...ofFigures] };
  const directive = {
    Namespace: namespace,
    Dimensions: [Object.keys(dimensions)],
    Metrics: good.map(({ name, unit }) => ({ Name: name, Unit: unit })),
  };
  return {
    fields: {
      ...dimensions,
      ...Object.fromEntries(good.map(({ name, value }) => [name, value])),
      _aws: { Timestamp: at.getTime(), CloudWatchMetrics: [directive] },
    },
    problems: ofFigures,
  };
}

function problemOfDimension(name: string, value: unknown): string | undefined {
  if (!dimensionNames.has(name)) return `${name} is no dimension`;
  return typeof value === 'string' && /^[\x21-\x7e]{1,255}$/.test(value) ? undefined : `the dimension ${name} has no value`;
}

function problemOfFigure(name: string, { unit, value }: Figure): string | undefined {
  if (!/^[a-z][a-z.-]*$/.test(name) || name.length > longestName) return `${name} is no name of a metric`;
  if (!units.has(unit)) return `${name} is in ${unit}, which is no unit`;
  return typeof value === 'number' && Number.isFinite(value) ? undefined : `${name} is no number`;
}
