import { type CallsOf, calls } from './provider-call.ts';

const tags = 'TagResource UntagResource';

export const callsForWatching: Readonly<Record<string, CallsOf>> = {
  aws_cloudwatch_dashboard: ({ of, account }) =>
    calls(`arn:aws:cloudwatch::${account}:dashboard/${of('dashboard_name')}`, 'cloudwatch', {
      create: 'PutDashboard',
      read: 'GetDashboard',
      update: 'PutDashboard',
      delete: 'DeleteDashboards',
    }),
  aws_cloudwatch_metric_alarm: ({ of }) =>
    calls(of('arn'), 'cloudwatch', {
      create: 'PutMetricAlarm TagResource',
      read: 'DescribeAlarms ListTagsForResource',
      update: `PutMetricAlarm ${tags}`,
      delete: 'DeleteAlarms',
    }),
  aws_sns_topic: ({ of }) =>
    calls(of('arn'), 'sns', {
      create: 'CreateTopic SetTopicAttributes TagResource',
      read: 'GetTopicAttributes ListTagsForResource',
      update: `SetTopicAttributes ${tags}`,
      delete: 'DeleteTopic',
    }),
  aws_sns_topic_subscription: ({ of }) =>
    calls(of('topic_arn'), 'sns', {
      create: 'Subscribe',
      read: 'GetSubscriptionAttributes',
      update: 'SetSubscriptionAttributes',
      delete: 'Unsubscribe',
    }),
  aws_cloudwatch_log_group: ({ of }) => [
    ...calls(of('arn'), 'logs', {
      create: 'CreateLogGroup PutRetentionPolicy TagResource',
      read: 'ListTagsForResource',
      update: `AssociateKmsKey DeleteRetentionPolicy DisassociateKmsKey PutRetentionPolicy ${tags}`,
      delete: 'DeleteLogGroup',
    }),
    ...calls('*', 'logs', { read: 'DescribeLogGroups' }),
  ],
  aws_cloudwatch_log_delivery_source: ({ of }) => [
    ...calls(of('arn'), 'logs', {
      create: 'PutDeliverySource TagResource',
      read: 'GetDeliverySource ListTagsForResource',
      update: `PutDeliverySource ${tags}`,
      delete: 'DeleteDeliverySource',
    }),
    // Asked of the service whose log it is: Bedrock of a knowledge base, AgentCore of a runtime.
    ...calls(of('resource_arn'), of('resource_arn').split(':')[2] ?? '', {
      create: 'AllowVendedLogDeliveryForResource',
      update: 'AllowVendedLogDeliveryForResource',
    }),
  ],
  aws_cloudwatch_log_delivery_destination: ({ of }) =>
    calls(of('arn'), 'logs', {
      create: 'PutDeliveryDestination TagResource',
      read: 'GetDeliveryDestination ListTagsForResource',
      update: `PutDeliveryDestination ${tags}`,
      delete: 'DeleteDeliveryDestination',
    }),
  aws_cloudwatch_log_delivery: ({ of }) => [
    ...calls(of('arn'), 'logs', {
      create: 'CreateDelivery TagResource',
      read: 'GetDelivery ListTagsForResource',
      update: `UpdateDeliveryConfiguration ${tags}`,
      delete: 'DeleteDelivery',
    }),
    // A group that takes deliveries says so in a policy, which is written in the name of whoever makes the first one.
    ...calls('*', 'logs', { create: 'DescribeResourcePolicies PutResourcePolicy' }),
  ],
};
