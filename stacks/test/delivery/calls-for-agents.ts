import { type CallsOf, calls, type ProviderCall, roleArnOf, type Subject, untagged } from './provider-call.ts';

const tags = 'TagResource UntagResource';

const runtimeOf = ({ of, arn }: Subject) => arn('bedrock-agentcore', `runtime/${of('agent_runtime_id')}`);
const gatewayOf = ({ of, arn }: Subject) => arn('bedrock-agentcore', `gateway/${of('gateway_identifier')}`);
const poolOf = ({ of, arn }: Subject) => arn('cognito-idp', `userpool/${of('user_pool_id')}`);

/** AgentCore gives each runtime and gateway an identity of this name, in the name of whoever makes it. */
function identityCalls({ arn }: Subject, name: string) {
  const directory = arn('bedrock-agentcore', 'workload-identity-directory/default');
  return [directory, `${directory}/workload-identity/${name}-XXXXXXXXXX`].flatMap((resource) =>
    calls(resource, 'bedrock-agentcore', { create: 'CreateWorkloadIdentity', delete: 'DeleteWorkloadIdentity' }),
  );
}

function passing({ of }: Subject) {
  return calls(
    of('role_arn'),
    'iam',
    { create: 'PassRole', update: 'PassRole' },
    { 'iam:PassedToService': 'bedrock-agentcore.amazonaws.com' },
  );
}

function linkedRoleCalls({ account }: Subject) {
  const services = { network: 'Network', 'runtime-identity': 'RuntimeIdentity' };
  return Object.entries(services).flatMap(([service, role]) => {
    const path = `${service}.bedrock-agentcore.amazonaws.com/AWSServiceRoleForBedrockAgentCore${role}`;
    return calls(`arn:aws:iam::${account}:role/aws-service-role/${path}`, 'iam', { create: 'CreateServiceLinkedRole' });
  });
}

/** AgentCore keeps the key or the client of each in a secret of its own making, in the name of whoever makes it. */
function credentialProvider(noun: string, kind: string): CallsOf {
  return ({ of, arn }) => [
    ...[arn('bedrock-agentcore', 'token-vault/default'), of('credential_provider_arn')].flatMap((resource) =>
      calls(resource, 'bedrock-agentcore', {
        create: `Create${noun}`,
        read: `Get${noun}`,
        update: `Update${noun}`,
        delete: `Delete${noun}`,
      }),
    ),
    ...calls(arn('secretsmanager', `secret:bedrock-agentcore-identity!default/${kind}/${of('name')}-XXXXXX`), 'secretsmanager', {
      create: 'CreateSecret TagResource',
      update: 'PutSecretValue UpdateSecret',
      delete: 'DeleteSecret',
    }),
  ];
}

/** CloudFormation makes the runtime in the name of whoever asked for the stack; the script that reads it back asks for the same. */
export function runtimeCalls(subject: Subject): ProviderCall[] {
  const name = subject.of('name').replaceAll('-', '_');
  const role = { ...subject, of: () => roleArnOf(subject, subject.of('name').replace(/runtime$/, 'worker')) };
  return [
    ...calls('*', 'bedrock-agentcore', { create: 'CreateAgentRuntime' }),
    ...calls(subject.arn('bedrock-agentcore', `runtime/${name}-XXXXXXXXXX`), 'bedrock-agentcore', {
      create: 'GetAgentRuntime TagResource',
      update: `GetAgentRuntime UpdateAgentRuntime ListTagsForResource ${tags}`,
      delete: 'GetAgentRuntime DeleteAgentRuntime',
    }),
    ...passing(role),
    ...identityCalls(subject, name),
    ...linkedRoleCalls(subject),
    // Of the script that sets its logs right.
    ...calls(subject.arn('logs', `log-group:/aws/bedrock-agentcore/runtimes/${name}-XXXXXXXXXX-DEFAULT`), 'logs', {
      create: 'AssociateKmsKey CreateLogGroup DisassociateKmsKey PutRetentionPolicy TagResource',
    }),
  ];
}

export const callsForAgents: Readonly<Record<string, CallsOf>> = {
  aws_bedrock_guardrail: ({ of }) => [
    ...calls('*', 'bedrock', { create: 'CreateGuardrail' }),
    ...calls(of('guardrail_arn'), 'bedrock', { create: 'TagResource' }, untagged),
    ...calls(of('guardrail_arn'), 'bedrock', {
      read: 'GetGuardrail ListTagsForResource',
      update: `UpdateGuardrail ${tags}`,
      delete: 'DeleteGuardrail',
    }),
    // Asked again until it is gone, and its tags with it.
    ...calls(of('guardrail_arn'), 'bedrock', { delete: 'GetGuardrail' }, { ...untagged, 'aws:RequestTag/vera:bot': undefined }),
  ],
  aws_bedrock_guardrail_version: ({ of }) =>
    calls(of('guardrail_arn'), 'bedrock', { create: 'CreateGuardrailVersion', read: 'GetGuardrail', delete: 'DeleteGuardrail' }),
  aws_bedrockagentcore_memory: ({ of }) => [
    ...calls('*', 'bedrock-agentcore', { create: 'CreateMemory' }),
    ...calls(of('arn'), 'bedrock-agentcore', {
      create: 'TagResource',
      read: 'GetMemory ListTagsForResource',
      update: `UpdateMemory ${tags}`,
      delete: 'DeleteMemory',
    }),
  ],
  aws_bedrockagentcore_memory_strategy: ({ of, arn }) =>
    calls(arn('bedrock-agentcore', `memory/${of('memory_id')}`), 'bedrock-agentcore', {
      create: 'UpdateMemory',
      read: 'GetMemory',
      update: 'UpdateMemory',
      delete: 'UpdateMemory',
    }),
  aws_bedrockagentcore_agent_runtime_endpoint: (subject) => [
    ...calls(runtimeOf(subject), 'bedrock-agentcore', {
      create: 'CreateAgentRuntimeEndpoint',
      read: 'GetAgentRuntimeEndpoint',
      update: 'UpdateAgentRuntimeEndpoint',
      delete: 'DeleteAgentRuntimeEndpoint',
    }),
    ...calls(subject.of('agent_runtime_endpoint_arn'), 'bedrock-agentcore', {
      create: 'TagResource',
      read: 'GetAgentRuntimeEndpoint ListTagsForResource',
      update: `UpdateAgentRuntimeEndpoint ${tags}`,
      delete: 'DeleteAgentRuntimeEndpoint',
    }),
  ],
  aws_bedrockagentcore_gateway: (subject) => [
    ...calls('*', 'bedrock-agentcore', { create: 'CreateGateway' }),
    ...calls(subject.of('gateway_arn'), 'bedrock-agentcore', {
      create: 'TagResource',
      read: 'GetGateway ListTagsForResource',
      update: `UpdateGateway ${tags}`,
      delete: 'DeleteGateway',
    }),
    ...passing(subject),
    ...identityCalls(subject, subject.of('name')),
  ],
  aws_bedrockagentcore_gateway_target: (subject) =>
    calls(gatewayOf(subject), 'bedrock-agentcore', {
      // Semantic search reads the tools of each new target.
      create: 'CreateGatewayTarget SynchronizeGatewayTargets',
      read: 'GetGatewayTarget',
      update: 'UpdateGatewayTarget SynchronizeGatewayTargets',
      delete: 'DeleteGatewayTarget',
    }),
  aws_bedrockagentcore_api_key_credential_provider: credentialProvider('ApiKeyCredentialProvider', 'apikey'),
  aws_bedrockagentcore_oauth2_credential_provider: credentialProvider('Oauth2CredentialProvider', 'oauth2'),
  aws_cognito_user_pool: ({ of }) => [
    ...calls('*', 'cognito-idp', { create: 'CreateUserPool' }),
    ...calls(of('arn'), 'cognito-idp', { create: 'TagResource' }, untagged),
    ...calls(of('arn'), 'cognito-idp', {
      create: 'SetUserPoolMfaConfig',
      read: 'DescribeUserPool GetUserPoolMfaConfig ListTagsForResource',
      update: `SetUserPoolMfaConfig UpdateUserPool ${tags}`,
      delete: 'DeleteUserPool',
    }),
  ],
  aws_cognito_user_pool_client: (subject) =>
    calls(poolOf(subject), 'cognito-idp', {
      create: 'CreateUserPoolClient',
      read: 'DescribeUserPoolClient',
      update: 'UpdateUserPoolClient',
      delete: 'DeleteUserPoolClient',
    }),
  aws_cognito_user_pool_domain: (subject) => [
    ...calls(poolOf(subject), 'cognito-idp', {
      create: 'CreateUserPoolDomain',
      update: 'UpdateUserPoolDomain',
      delete: 'DeleteUserPoolDomain',
    }),
    ...calls('*', 'cognito-idp', { read: 'DescribeUserPoolDomain' }),
  ],
  aws_cognito_resource_server: (subject) =>
    calls(poolOf(subject), 'cognito-idp', {
      create: 'CreateResourceServer',
      read: 'DescribeResourceServer',
      update: 'UpdateResourceServer',
      delete: 'DeleteResourceServer',
    }),
};
