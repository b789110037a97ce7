import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard/index.js';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { useAws, useKnowledgeBaseAws } from '../constructs/use-aws.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';
import { logKeyOf } from '../storage/log-key.ts';
import type { StorageStack } from '../storage/storage-stack.ts';
import { createAlarmTopic } from './alarm-topic.ts';
import { Alarms } from './alarms.ts';
import { dashboardOf } from './dashboard.ts';
import { KnowledgeBaseLogs } from './knowledge-base-logs.ts';
import type { Watched } from './watched.ts';

interface ObservabilityStackProps {
  readonly settings: Settings;
  readonly storage: StorageStack;
  readonly watched: Watched;
}

/** What a human looks at by day, and what wakes one at night. */
export class ObservabilityStack extends TerraformStack {
  constructor(scope: Construct, id: string, { settings, storage, watched }: ObservabilityStackProps) {
    super(scope, id);
    useAws(this, settings);
    const topicArn = createAlarmTopic(this, settings, 'alarms');
    new Alarms(this, 'alarm', { settings, watched, topicArn });
    new CloudwatchDashboard(this, 'dashboard', { dashboardName: nameOf(settings), dashboardBody: dashboardOf(settings, watched) });
    if (settings.knowledgeBaseLogs === 'off') return;
    const providers = useKnowledgeBaseAws(this, settings);
    // One that is asked twice, with two filters, is one.
    for (const knowledgeBase of new Map(settings.knowledgeBases.map((base) => [base.id, base])).values()) {
      const region = knowledgeBase.region ?? settings.region;
      const [provider, logKey] = [providers.get(region), logKeyOf(settings, storage.keyArn, region)];
      new KnowledgeBaseLogs(this, `knowledge-base-${knowledgeBase.id}`, { settings, knowledgeBase, provider, logKey });
    }
  }
}
