import { textsOf, Unknown, type Value, valueAt } from '../secrets/masked-value.ts';
import { code, firstOf } from '../words/markdown.ts';
import type { Seen } from './seen.ts';

/** What nobody is told of any more, or later; each as one sentence. */
export function silenceLooks(seen: Seen): string[] {
  if (seen.action !== 'update' && seen.action !== 'replace') return [];
  const confirmed = seen.type === 'aws_sns_topic_subscription' && seen.action === 'replace';
  return [
    ...(/^aws_cloudwatch_(?:metric|composite)_alarm$/.test(seen.type) ? alarmLooks(seen) : []),
    ...(confirmed ? ['hears nothing until whoever gets it confirms it anew'] : []),
  ];
}

function alarmLooks({ before, after }: Seen): string[] {
  const isOff = valueAt(before, 'actions_enabled') !== false && valueAt(after, 'actions_enabled') === false;
  return [
    ...fewerLooks(before, after, 'alarm_actions', 'when it rings'),
    ...fewerLooks(before, after, 'insufficient_data_actions', 'when nothing is measured'),
    ...(isOff ? ['nobody is told when it rings (`actions_enabled`: `false`)'] : []),
    ...laterLooks(before, after),
  ];
}

function fewerLooks(before: Value, after: Value, attribute: string, when: string): string[] {
  if (valueAt(after, attribute) instanceof Unknown) return [];
  const next = textsOf(after, [attribute]);
  const gone = textsOf(before, [attribute]).filter((action) => !next.includes(action));
  if (gone.length === 0) return [];
  if (next.length === 0) return [`nobody is told ${when} (${code(attribute)} is empty)`];
  return [
    `no longer tells ${firstOf(
      gone.map((arn) => code(arn)),
      3,
    )}`,
  ];
}

/** A limit farther away, more periods, or no ringing for silence: it rings later, or less. */
function laterLooks(before: Value, after: Value): string[] {
  const isLess = /^LessThan/.test(String(valueAt(after, 'comparison_operator') ?? ''));
  const isMore = (old: number, next: number) => next > old;
  const later = [
    ...laterBy(before, after, 'threshold', isLess ? (old, next) => next < old : isMore),
    ...laterBy(before, after, 'evaluation_periods', isMore),
    ...laterBy(before, after, 'datapoints_to_alarm', isMore),
  ];
  const [old, next] = [before, after].map((side) => valueAt(side, 'treat_missing_data') ?? 'missing');
  if (old === next || next === 'breaching') return later;
  return old === 'breaching'
    ? [...later, 'no longer rings when nothing is measured']
    : [
        ...later,
        `takes silence for something else than before (${code('treat_missing_data')}: ${code(String(old))} → ${code(String(next))})`,
      ];
}

type IsLater = (old: number, next: number) => boolean;

function laterBy(before: Value, after: Value, attribute: string, isLater: IsLater): string[] {
  const [old, next] = [before, after].map((side) => limitIn(side, attribute));
  if (old === next || old === undefined || typeof old !== 'number') return [];
  const change = `(${code(attribute)}: ${code(String(old))} → ${next === undefined ? 'nothing' : code(String(next))})`;
  if (typeof next !== 'number') return [`perhaps rings later ${change}`];
  return isLater(old, next) ? [`rings later ${change}`] : [];
}

/** Where nothing is said of it, all of the periods have to be over the limit. */
function limitIn(side: Value, attribute: string): Value | undefined {
  const limit = valueAt(side, attribute) ?? undefined;
  return limit === undefined && attribute === 'datapoints_to_alarm' ? valueAt(side, 'evaluation_periods') : limit;
}
