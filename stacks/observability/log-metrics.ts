import { CloudwatchLogMetricFilter } from '@cdktf/provider-aws/lib/cloudwatch-log-metric-filter/index.js';
import { Construct } from 'constructs';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import type { Watched } from './watched.ts';

interface LogMetricsProps {
  readonly settings: Settings;
  readonly watched: Watched;
}

/** Which log event, of whom, is counted. */
export const countedEvents = {
  'question.answered': 'worker',
  'question.failed': 'worker',
  'question.stopped': 'worker',
  'question.refused': 'worker',
  'change.done': 'worker',
  'change.unknown': 'worker',
  'question.lost': 'sweeper',
  'question.record-failed': 'receiver',
  'action.failed': 'receiver',
  'request.refused': 'receiver',
  'portal.failed': 'auth-portal',
} as const;

export type CountedEvent = keyof typeof countedEvents;

/** Counts log lines by their event: the figures about people's questions that AWS itself does not have. */
export class LogMetrics extends Construct {
  constructor(scope: Construct, id: string, { settings, watched }: LogMetricsProps) {
    super(scope, id);
    for (const [event, component] of Object.entries(countedEvents)) {
      const logGroupName = component === 'worker' ? watched.worker.logGroup : watched.functions[component].logGroup;
      new CloudwatchLogMetricFilter(this, event.replace('.', '-'), {
        name: event,
        logGroupName,
        pattern: `{ $.event = "${event}" }`,
        metricTransformation: { namespace: nameOf(settings), name: event, value: '1', defaultValue: '0' },
      });
    }
  }
}
