import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import { Construct } from 'constructs';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import type { Watched } from './watched.ts';

interface AlarmsProps {
  readonly settings: Settings;
  readonly watched: Watched;
  readonly topicArn: string;
}

interface Alarm {
  /** What it means and where to look: the e-mail holds little else. */
  readonly says: string;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions?: Record<string, string>;
  /** At least so many within `minutes`. */
  readonly from: number;
  readonly minutes: number;
}

/** Each one asks for a human; what repairs itself rings nobody. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { settings, watched, topicArn }: AlarmsProps) {
    super(scope, id);
    for (const [name, alarm] of Object.entries(alarmsOf(settings, watched))) {
      new CloudwatchMetricAlarm(this, name, {
        ...configOf(nameOf(settings, name), alarm),
        alarmActions: [topicArn],
        okActions: [topicArn],
      });
    }
    new CloudwatchMetricAlarm(this, 'sweeper-silent', {
      ...configOf(nameOf(settings, 'sweeper-silent'), {
        says: 'The sweeper has not run for ten minutes: questions whose worker died are told to nobody. Look at its EventBridge rule and its log.',
        ...countOf('Invocations', watched.functions.sweeper.functionName),
        from: 1,
        minutes: 10,
      }),
      comparisonOperator: 'LessThanThreshold',
      treatMissingData: 'breaching',
      alarmActions: [topicArn],
      okActions: [topicArn],
    });
  }
}

function alarmsOf(settings: Settings, watched: Watched): Record<string, Alarm> {
  const { functions } = watched;
  const ours = { namespace: nameOf(settings) };
  return {
    'receiver-errors': {
      says: 'Slack gets errors from the receiver and will send its messages again; after an hour of this it switches the app off. Look at its log.',
      ...countOf('Errors', functions.receiver.functionName),
      from: 3,
      minutes: 5,
    },
    'sweeper-errors': {
      says: 'The sweeper fails: lost questions are told to nobody. Look at its log for sweep.failed.',
      ...countOf('Errors', functions.sweeper.functionName),
      from: 5,
      minutes: 10,
    },
    ...witnessAlarmsOf(settings, watched),
    'questions-lost': {
      says: 'A question was given up and the person told so. Find it in the sweeper log by question.lost, then in the worker log by its id.',
      ...ours,
      metric: 'question.lost',
      from: 1,
      minutes: 5,
    },
    'changes-unknown': {
      says: 'A change in another system was begun, and nobody learnt how it ended; the person was told to look. Find it in the worker log by change.unknown.',
      ...ours,
      metric: 'change.unknown',
      from: 1,
      minutes: 5,
    },
    'questions-failed': {
      says: 'Many questions end in an apology. Find them in the worker log by question.failed; the code says which kind.',
      ...ours,
      metric: 'question.failed',
      from: 5,
      minutes: 15,
    },
  };
}

/** What neither the ledger nor the sweeper sees: what never got into the one, and what the invoker dropped. */
function witnessAlarmsOf(settings: Settings, { functions, failuresQueue }: Watched): Record<string, Alarm> {
  return {
    'questions-unrecorded': {
      says: 'Slack delivered a question again and again, and the ledger did not take it: nobody will answer. Find it in the receiver log by question.record-failed.',
      namespace: nameOf(settings),
      metric: 'question.record-failed',
      // Once repairs itself: Slack delivers at once, again at once, after one and after five minutes.
      from: 2,
      minutes: 5,
    },
    'invoker-failures': {
      says: 'A question or an errand could not be handed to AgentCore three times. The queue holds it and the reason; look at the invoker log and the runtime status.',
      namespace: 'AWS/SQS',
      metric: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: failuresQueue },
      from: 1,
      minutes: 5,
    },
    // The witness has a witness: what the queue does not get is counted by Lambda alone.
    'invoker-dropped': {
      says: 'Lambda gave up handing something to the invoker. It should lie in the failures queue; if it does not, nobody knows of it but this alarm.',
      ...countOf('AsyncEventsDropped', functions.invoker.functionName),
      from: 1,
      minutes: 5,
    },
    'invoker-failures-refused': {
      says: 'The failures queue did not take what the invoker failed at, so that it is gone. Look at the invoker’s right to sqs:SendMessage, and at the queue.',
      ...countOf('DestinationDeliveryFailures', functions.invoker.functionName),
      from: 1,
      minutes: 5,
    },
  };
}

function countOf(metric: string, functionName: string) {
  return { namespace: 'AWS/Lambda', metric, dimensions: { FunctionName: functionName } };
}

function configOf(alarmName: string, { says, namespace, metric, dimensions, from, minutes }: Alarm) {
  return {
    alarmName,
    alarmDescription: says,
    namespace,
    metricName: metric,
    ...(dimensions ? { dimensions } : {}),
    statistic: namespace === 'AWS/SQS' ? 'Maximum' : 'Sum',
    period: minutes * 60,
    evaluationPeriods: 1,
    threshold: from,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'notBreaching',
  };
}
