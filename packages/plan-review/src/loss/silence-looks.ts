import { isEmpty } from '../plan/attribute-differences.ts';
import { Hidden, textsOf, Unknown, type Value, valueAt } from '../secrets/masked-value.ts';
import { valueWords } from '../words/difference-words.ts';
import { code, firstOf } from '../words/markdown.ts';
import { at, type Seen } from './seen.ts';

/** What nobody is told of any more, or later; each as one sentence. */
export function silenceLooks(seen: Seen): string[] {
  if (seen.action !== 'update' && seen.action !== 'replace') return [];
  const confirmed = seen.type === 'aws_sns_topic_subscription' && seen.action === 'replace';
  return [
    ...(/^aws_cloudwatch_(?:metric|composite)_alarm$/.test(seen.type) ? alarmLooks(seen) : []),
    ...(Object.hasOwn(patterns, seen.type) ? patternLooks(seen, patterns[seen.type] ?? []) : []),
    ...(confirmed ? ['hears nothing until whoever gets it confirms it anew'] : []),
  ];
}

function alarmLooks({ before, after }: Seen): string[] {
  const [old, next] = [before, after].map((side) => textsOf(side, ['alarm_actions']));
  const gone = old?.filter((action) => !next?.includes(action)) ?? [];
  const isUnknown = valueAt(after, 'alarm_actions') instanceof Unknown;
  const less =
    next?.length === 0
      ? 'nobody is told when it rings (`alarm_actions` is empty)'
      : `no longer tells ${firstOf(
          gone.map((arn) => code(arn)),
          3,
        )}`;
  const off = valueAt(before, 'actions_enabled') !== false && valueAt(after, 'actions_enabled') === false;
  return [
    ...(gone.length === 0 || isUnknown ? [] : [less]),
    ...(off ? ['nobody is told when it rings (`actions_enabled`: `false`)'] : []),
    ...laterLooks(before, after),
  ];
}

/** A limit farther away, more periods, or no ringing for silence: it rings later, or less. */
function laterLooks(before: Value, after: Value): string[] {
  const isLess = /^LessThan/.test(String(valueAt(after, 'comparison_operator') ?? ''));
  const isLater: Readonly<Record<string, (old: number, next: number) => boolean>> = {
    threshold: (old, next) => (isLess ? next < old : next > old),
    evaluation_periods: (old, next) => next > old,
    datapoints_to_alarm: (old, next) => next > old,
  };
  const later = Object.entries(isLater).flatMap(([attribute, is]) => {
    const [old, next] = [valueAt(before, attribute), valueAt(after, attribute)];
    return typeof old === 'number' && typeof next === 'number' && is(old, next)
      ? [`rings later (${code(attribute)}: ${code(String(old))} → ${code(String(next))})`]
      : [];
  });
  const [old, next] = [before, after].map((side) => valueAt(side, 'treat_missing_data'));
  return old === 'breaching' && next !== old ? [...later, 'no longer rings when nothing is measured'] : later;
}

/** Attributes that choose what comes through. Whether another choice is a smaller one nobody can tell. */
const patterns: Readonly<Record<string, readonly string[]>> = {
  aws_cloudwatch_log_metric_filter: ['pattern', 'log_group_name'],
  aws_cloudwatch_log_subscription_filter: ['filter_pattern', 'log_group_name', 'destination_arn'],
  aws_cloudwatch_event_rule: ['event_pattern', 'schedule_expression'],
  aws_scheduler_schedule: ['schedule_expression'],
  aws_sns_topic_subscription: ['filter_policy', 'endpoint'],
  aws_cloudwatch_composite_alarm: ['alarm_rule'],
};

function patternLooks({ before, after }: Seen, attributes: readonly string[]): string[] {
  return attributes.flatMap((attribute) => {
    const [old, next] = [at(before, attribute), at(after, attribute)];
    if (next instanceof Unknown || isSame(old, next) || isEmpty(old)) return [];
    const shown = [old, next].map((side) => valueWords(side ?? null, attribute));
    return [`lets other things through than before (${code(attribute)}: ${shown.join(' → ')})`];
  });
}

function isSame(old: Value | undefined, next: Value | undefined): boolean {
  return old === next || (old instanceof Hidden && next instanceof Hidden && old.equals(next)) || (isEmpty(old) && isEmpty(next));
}
