import { type Embedded, embed, type Figure, type Figures } from './embedded-metrics.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Makes of an event what its line counts; undefined where it counts nothing. */
export type Measure = (event: string, fields: Fields, at: Date) => Embedded | undefined;

interface MeasureParams {
  /** Which of the deployments in an account this is: `use1-prod-vera`. */
  readonly deployment: string;
  /** Those whose tools there are; what is of another counts as `other`, so that nobody's words make metrics. */
  readonly servers?: readonly string[];
}

export function createMeasure({ deployment, servers = [] }: MeasureParams): Measure {
  const known = new Set(servers);
  return (event, fields, at) => {
    const figures = measured[event]?.(fields);
    if (!figures) return undefined;
    const { Server } = figures.dimensions ?? {};
    const ofServer = Server === undefined ? {} : { Server: known.has(Server) ? Server : 'other' };
    return embed({ values: figures.values, dimensions: { Deployment: deployment, ...ofServer } }, at);
  };
}

/** The first status is promised within it, in milliseconds. */
const statusInTime = 1_000;

/** Which events count, and what. Each metric is paid by the hour in which it is told: one that nothing reads is not told (`stacks/test/observability`). */
const measured: Readonly<Record<string, (fields: Fields) => Figures>> = {
  'question.recorded': once('question.recorded'),
  'status.told': ({ how, milliseconds }) => ({
    values: {
      ...(how === 'not' ? {} : { 'first-status.time': time(milliseconds) }),
      'first-status.late': yesOrNo(how === 'not' || Number(milliseconds) > statusInTime),
    },
  }),
  'question.leased': ({ attempt }) => ({ values: { 'question.resumed': yesOrNo(Number(attempt) > 1) } }),
  'reply.started': ({ milliseconds, waited }) => ({ values: waited ? {} : { 'first-word.time': time(milliseconds) } }),
  ...Object.fromEntries(['answered', 'failed', 'stopped', 'refused'].map((outcome) => [`question.${outcome}`, ended(outcome)])),
  'question.lost': once('question.lost'),
  'model.called': ({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }) => ({
    values: {
      'tokens.input': count(inputTokens),
      'tokens.output': count(outputTokens),
      'tokens.cache-read': count(cacheReadTokens),
      'tokens.cache-write': count(cacheWriteTokens),
    },
  }),
  // Of a model without a price nobody knows it.
  'question.spent': ({ turnDollars, runtimeDollars }) => ({
    values: {
      ...(turnDollars === undefined ? {} : { 'cost.model': dollars(turnDollars) }),
      'cost.runtime': dollars(runtimeDollars),
    },
  }),
  'tool.called': ({ tool, status }) => ({
    values: { 'tool.errors': yesOrNo(status === 'error') },
    dimensions: { Server: serverOfTool(String(tool)) },
  }),
  'mcp.unavailable': ({ server }) => ({ values: { 'tool.errors': count(1) }, dimensions: { Server: String(server) } }),
  'change.decided': ({ verdict }) => ({ values: { [verdict === 'approve' ? 'approval.yes' : 'approval.no']: count(1) } }),
  'change.expired': once('approval.expired'),
  'change.done': once('change.done'),
  'change.unknown': once('change.unknown'),
  'feedback.recorded': ({ rating }) => ({ values: { [rating === 'good' ? 'feedback.up' : 'feedback.down']: count(1) } }),
  'sweep.done': ({ oldestSeconds }) => ({ values: { 'queue.age': { unit: 'Seconds', value: oldestSeconds } } }),
  'question.record-failed': once('question.record-failed'),
  'action.failed': once('action.failed'),
  'request.refused': once('request.refused'),
  'portal.failed': once('portal.failed'),
  'audit.failed': once('audit.failed'),
  'audit.not-copied': once('audit.not-copied'),
  'audit.broken': once('audit.broken'),
};

export const measuredEvents: readonly string[] = Object.keys(measured);

function once(name: string): () => Figures {
  return () => ({ values: { [name]: count(1) } });
}

/** All four each time, nought included: an alarm on one beside another has data of both. The time is that of who waited for Vera, not Vera for them. */
function ended(outcome: string): (fields: Fields) => Figures {
  return ({ milliseconds, waited }) => ({
    values: {
      'question.answered': yesOrNo(outcome === 'answered'),
      'question.failed': yesOrNo(outcome === 'failed'),
      'question.stopped': yesOrNo(outcome === 'stopped'),
      'question.refused': yesOrNo(outcome === 'refused'),
      ...(outcome === 'answered' && !waited ? { 'answer.time': time(milliseconds) } : {}),
    },
  });
}

/** `github_get_issue` → `github`, `gateway_jira___searchIssues` → `jira`; a server's name holds no underscore. */
function serverOfTool(tool: string): string {
  const [, behindGateway, direct = ''] = /^(?:gateway_(.+?)___|([^_]+)_)/.exec(tool) ?? [];
  return behindGateway ?? direct;
}

function count(value: unknown): Figure {
  return { unit: 'Count', value };
}

/** Its sum is how often, its average how large a part, its number of samples of how many. */
function yesOrNo(is: boolean): Figure {
  return count(is ? 1 : 0);
}

function time(value: unknown): Figure {
  return { unit: 'Milliseconds', value };
}

/** CloudWatch has no unit of money. */
function dollars(value: unknown): Figure {
  return { unit: 'None', value };
}
