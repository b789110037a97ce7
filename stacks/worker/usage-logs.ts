import { CloudwatchLogDelivery } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery/index.js';
import { CloudwatchLogDeliveryDestination } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination/index.js';
import { CloudwatchLogDeliverySource } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery-source/index.js';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { Construct } from 'constructs';
import { keptLogs } from '../constructs/node-lambda.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

interface UsageLogsProps {
  readonly settings: Settings;
  /** Of the runtime whose sessions are counted. */
  readonly runtimeArn: string;
  readonly logKey: string | undefined;
}

/**
 * What each session used, a line a second, which `pnpm vera cost` adds up. AgentCore writes it only when asked to, and for one that asks: a delivery
 * that somebody made by hand is in the way of this one
 * (https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/observability-configure.html).
 */
export class UsageLogs extends Construct {
  constructor(scope: Construct, id: string, { settings, runtimeArn, logKey }: UsageLogsProps) {
    super(scope, id);
    const name = nameOf(settings, 'usage');
    // CloudWatch may write into groups of this beginning by one line of its resource policy, of which an account has few and short ones.
    const logs = new CloudwatchLogGroup(this, 'logs', keptLogs(settings, `/aws/vendedlogs/bedrock-agentcore/${name}`, logKey));
    const source = new CloudwatchLogDeliverySource(this, 'source', { name, logType: 'USAGE_LOGS', resourceArn: runtimeArn });
    const destination = new CloudwatchLogDeliveryDestination(this, 'destination', {
      name,
      deliveryDestinationConfiguration: [{ destinationResourceArn: logs.arn }],
    });
    new CloudwatchLogDelivery(this, 'delivery', { deliverySourceName: source.name, deliveryDestinationArn: destination.arn });
  }
}
