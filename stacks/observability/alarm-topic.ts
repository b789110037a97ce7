import type { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription/index.js';
import type { Construct } from 'constructs';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

/** What alarms tell, and who hears it by e-mail. `provider`: of another region, as an alarm tells a topic of its own only. Returns its ARN. */
export function createAlarmTopic(scope: Construct, settings: Settings, name: string, provider?: AwsProvider): string {
  const there = provider ? { provider } : {};
  const topic = new SnsTopic(scope, 'alarms', { ...there, name: nameOf(settings, name) });
  if (settings.alarmEmail)
    new SnsTopicSubscription(scope, 'e-mail', { ...there, topicArn: topic.arn, protocol: 'email', endpoint: settings.alarmEmail });
  return topic.arn;
}
