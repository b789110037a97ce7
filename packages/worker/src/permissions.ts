/** IAM actions the worker's adapters use, by the role of the resource. */
export const workerPermissions = {
  secret: ['secretsmanager:GetSecretValue'],
  ledgerTable: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
  ledgerIndex: ['dynamodb:Query'],
  auditTable: ['dynamodb:PutItem', 'dynamodb:Query'],
  model: ['bedrock:InvokeModelWithResponseStream'],
  guardrail: ['bedrock:ApplyGuardrail'],
  knowledgeBase: ['bedrock:Retrieve'],
  memory: [
    'bedrock-agentcore:BatchCreateMemoryRecords',
    'bedrock-agentcore:BatchDeleteMemoryRecords',
    'bedrock-agentcore:CreateEvent',
    'bedrock-agentcore:DeleteEvent',
    'bedrock-agentcore:ListEvents',
    'bedrock-agentcore:ListMemoryRecords',
    'bedrock-agentcore:ListSessions',
    'bedrock-agentcore:RetrieveMemoryRecords',
  ],
  gateway: ['bedrock-agentcore:InvokeGateway'],
  gatewayClient: ['secretsmanager:GetSecretValue'],
  awsReader: ['sts:AssumeRole'],
  traces: ['xray:PutTraceSegments'],
  accountsTable: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  accountsKey: ['kms:GenerateDataKey', 'kms:Decrypt'],
} as const;

/**
 * What a session at AWS's MCP server may do at most, whatever the role allows that the worker takes on for it: nothing that does not come
 * through such a server, no secret, no data, no other role. STS takes 2,048 characters, and no wildcard before the colon.
 */
export const readerSessionPolicy = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: '*', Resource: '*', Condition: { Bool: { 'aws:ViaAWSMCPService': 'true' } } },
    {
      Effect: 'Deny',
      Action: [
        ...['secretsmanager:*Value', 'ssm:GetParameter*', 'kms:*crypt*', 'kms:GenerateData*', 'sts:AssumeRole*', 'iam:*', 'cognito-idp:*'],
        ...[
          's3:*Object*',
          's3:ListBucket*',
          'dynamodb:*Item',
          'dynamodb:Query',
          'dynamodb:Scan',
          'dynamodb:PartiQL*',
          'dynamodb:GetRecords',
        ],
        ...['logs:Get*Events', 'logs:GetLog*', 'logs:FilterLogEvents', 'logs:*Query*', 'logs:StartLiveTail', 'cloudtrail:LookupEvents'],
        ...[
          'lambda:GetFunction',
          'lambda:GetFunctionConfiguration',
          'lambda:ListFunctions',
          'lambda:Invoke*',
          'ec2:GetPasswordData',
          'ec2:GetConsole*',
          'ecr:Get*',
        ],
        ...['sqs:ReceiveMessage', 'kinesis:GetRecords', 'rds-data:*', 'athena:*', 'bedrock:*', 'bedrock-agentcore:*'],
      ],
      Resource: '*',
    },
  ],
};
