/** A metric that AWS emits: each set of dimensions is a metric of its own, and no other set has data. */
export interface AwsMetric {
  readonly dimensionSets: readonly (readonly string[])[];
  readonly unit: string;
  readonly statistics: readonly string[];
}

const counted = ['Sum'];
const perFunction = { dimensionSets: [['FunctionName'], ['FunctionName', 'Resource']], unit: 'Count', statistics: counted };
const perTable = { dimensionSets: [['TableName'], ['GlobalSecondaryIndexName', 'TableName']], unit: 'Count', statistics: counted };
const perCall = { dimensionSets: [['Name', 'Operation', 'Resource']], unit: 'Count', statistics: counted };
const perUse = { dimensionSets: [['Service'], ['Resource', 'Service']], unit: 'None', statistics: counted };

/** What AWS says that it emits, as far as something here reads it. Whoever reads more adds it, from the page that says so. */
export const awsMetrics: Readonly<Record<string, Readonly<Record<string, AwsMetric>>>> = {
  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html and urls-monitoring.html (Url5xxCount), read on 2026-11-30.
  // A function URL's errors are counted by FunctionName too; what is throttled there is a 429, so in Throttles and not in Url5xxCount.
  'AWS/Lambda': {
    Invocations: perFunction,
    Errors: perFunction,
    Throttles: perFunction,
    Duration: { ...perFunction, unit: 'Milliseconds', statistics: ['Average', 'Maximum', 'p95', 'p99'] },
    Url5xxCount: perFunction,
    AsyncEventsDropped: perFunction,
    DestinationDeliveryFailures: perFunction,
  },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html; aws-cdk-lib's
  // logs-canned-metrics.generated says the same.
  'AWS/Logs': {
    EMFParsingErrors: { dimensionSets: [['LogGroupName']], unit: 'None', statistics: counted },
    EMFValidationErrors: { dimensionSets: [['LogGroupName']], unit: 'None', statistics: counted },
  },
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
  'AWS/SQS': {
    ApproximateNumberOfMessagesVisible: { dimensionSets: [['QueueName']], unit: 'Count', statistics: ['Maximum', 'Average'] },
  },
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html; aws-cdk-lib's
  // dynamodb-canned-metrics.generated says the same. ThrottledRequests is counted by table *and* operation, so by a table alone never.
  'AWS/DynamoDB': {
    ConsumedReadCapacityUnits: perTable,
    ConsumedWriteCapacityUnits: perTable,
    ReadThrottleEvents: perTable,
    WriteThrottleEvents: perTable,
    ThrottledRequests: { ...perTable, dimensionSets: [['Operation', 'TableName']] },
  },
  // Names: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/observability-runtime-metrics.html. It gives the dimensions of what
  // is used (Service; Service and Resource) and none of those of calls: documents exported from CloudWatch have Name (`runtime::endpoint`),
  // Operation and Resource (the runtime's ARN); so do the public Terraform alarms that say that they watched them.
  'AWS/Bedrock-AgentCore': {
    Invocations: perCall,
    Throttles: perCall,
    UserErrors: perCall,
    SystemErrors: perCall,
    ActiveSessionCount: { dimensionSets: [['Service']], unit: 'Count', statistics: ['Maximum', 'Average'] },
    'CPUUsed-vCPUHours': perUse,
    'MemoryUsed-GBHours': perUse,
  },
};
