import { CloudwatchLogDelivery } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery/index.js';
import { CloudwatchLogDeliveryDestination } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination/index.js';
import { CloudwatchLogDeliverySource } from '@cdktf/provider-aws/lib/cloudwatch-log-delivery-source/index.js';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import type { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { Construct } from 'constructs';
import { keptLogs } from '../constructs/node-lambda.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

interface KnowledgeBaseLogsProps {
  readonly settings: Settings;
  readonly knowledgeBase: Pick<Settings['knowledgeBases'][number], 'id' | 'region'>;
  /** Of its region; undefined where that is everything else's. */
  readonly provider: AwsProvider | undefined;
  readonly logKey: string | undefined;
}

/** Why a document is not found is in the ingestion's log, which AWS keeps only when asked to, and in the knowledge base's own region. */
export class KnowledgeBaseLogs extends Construct {
  constructor(scope: Construct, id: string, { settings, knowledgeBase, provider, logKey }: KnowledgeBaseLogsProps) {
    super(scope, id);
    const there = provider ? { provider } : {};
    const region = knowledgeBase.region ?? settings.region;
    const name = nameOf(settings, `knowledge-base-${knowledgeBase.id}`);
    const logs = new CloudwatchLogGroup(this, 'logs', {
      ...there,
      ...keptLogs(settings, `/aws/vendedlogs/bedrock/knowledge-base/APPLICATION_LOGS/${knowledgeBase.id}`, logKey),
    });
    const source = new CloudwatchLogDeliverySource(this, 'source', {
      ...there,
      name,
      logType: 'APPLICATION_LOGS',
      resourceArn: `arn:aws:bedrock:${region}:${settings.account}:knowledge-base/${knowledgeBase.id}`,
    });
    const destination = new CloudwatchLogDeliveryDestination(this, 'destination', {
      ...there,
      name,
      deliveryDestinationConfiguration: [{ destinationResourceArn: logs.arn }],
    });
    new CloudwatchLogDelivery(this, 'delivery', {
      ...there,
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
    });
  }
}
