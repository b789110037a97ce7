import { CloudwatchMetricAlarm, type CloudwatchMetricAlarmConfig } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import { Construct } from 'constructs';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { type Alarm, alarmText } from './alarm.ts';
import { alarmTable } from './alarm-table.ts';
import { type Metric, metricsOf } from './metrics.ts';
import type { Watched } from './watched.ts';

interface AlarmsProps {
  readonly settings: Settings;
  readonly watched: Watched;
  readonly topicArn: string;
}

/** What asks for a human, by e-mail, and again when it is over. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { settings, watched, topicArn }: AlarmsProps) {
    super(scope, id);
    for (const [name, alarm] of Object.entries(alarmTable(metricsOf(settings, watched)))) {
      new CloudwatchMetricAlarm(this, name, {
        alarmName: nameOf(settings, name),
        // The e-mail holds little else.
        alarmDescription: alarmText(alarm, alarm.runbook ?? name),
        ...readingOf(alarm),
        ...('from' in alarm
          ? { threshold: alarm.from, comparisonOperator: 'GreaterThanOrEqualToThreshold', treatMissingData: 'notBreaching' }
          : { threshold: alarm.below, comparisonOperator: 'LessThanThreshold', treatMissingData: 'breaching' }),
        evaluationPeriods: 1,
        alarmActions: [topicArn],
        okActions: [topicArn],
      });
    }
  }
}

function readingOf({ of, minutes }: Alarm): Partial<CloudwatchMetricAlarmConfig> {
  const seriesOf = ({ namespace, name: metricName, dimensions }: Metric) => ({
    namespace,
    metricName,
    ...(Object.keys(dimensions).length > 0 ? { dimensions } : {}),
    period: minutes * 60,
  });
  if (!('expression' in of)) return { ...seriesOf(of), statistic: of.statistic };
  const parts = Object.entries(of.metrics).map(([id, metric]) => ({ id, metric: { ...seriesOf(metric), stat: metric.statistic } }));
  return { metricQuery: [{ id: 'result', expression: of.expression, label: of.label, returnData: true }, ...parts] };
}
