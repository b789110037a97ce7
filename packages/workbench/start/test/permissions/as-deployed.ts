import type { AwsCall } from '@vera/aws-stand-in/call-record';
import type { AccessRequest } from '@vera/aws-stand-in/iam/statement';
import { environmentsOf } from '../../src/environments.ts';
import { failuresQueues, names } from '../../src/names.ts';
import type { Deployment, Role } from './deployment.ts';
import { resourcesNamedBy } from './resources-named-by.ts';

const laptop = { region: 'us-east-1', account: '000000000000' };
const endpoints = {
  slack: '',
  secretsManager: '',
  dynamoDb: '',
  agentCore: '',
  bedrockRuntime: 'http://127.0.0.1',
  knowledgeBase: '',
  memory: '',
  kms: '',
  xRay: '',
  atlassian: '',
  atlassianApi: '',
  github: '',
  gateway: { url: 'http://127.0.0.1/mcp', hasClient: true },
  aws: { mcp: '', sts: '' },
};
const worker = { platform: 'v2', companyName: 'any', modelId: names.modelId, sessionScope: 'thread' } as const;
const onAgentCore: Environments = environmentsOf(endpoints, {}, worker);
const onLambda: Environments = environmentsOf(endpoints, {}, { ...worker, platform: 'lambda' });

type Environments = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What a component did on the laptop, as the same code would do it in AWS. Throws for a resource that no variable of the component names. */
export function asDeployed(call: AwsCall, { environment = {}, stack }: Role, deployment: Deployment): AccessRequest {
  const there = {
    ...resourcesNamedBy(environment, deployment, (arn) => deployment.keys[arn]),
    ...queueOf(deployment.failuresQueues[stack]),
  };
  const here = {
    ...resourcesNamedBy({ ...onAgentCore[stack], ...onLambda[stack] }, laptop, () => names.keyArn),
    ...queueOf(Object.entries(failuresQueues).find(([name]) => name === stack)?.[1]),
  };
  const moved = (arn: string): string => {
    const [name = ''] = Object.entries(here).find(([, local]) => local === arn) ?? [];
    const deployed = there[name];
    if (!deployed)
      throw new Error(`${stack} called ${call.action} on ${arn}, and no variable of its stack names ${name || 'such a thing'}`);
    return deployed;
  };
  const context = Object.entries(call.context ?? {}).map(([key, value]) => [
    key,
    value?.startsWith('arn:') ? moved(value) : value?.replace(`.${laptop.region}.`, `.${deployment.region}.`),
  ]);
  // Of an action that AWS knows no resource for.
  const resource = call.resource === '*' ? '*' : moved(call.resource);
  return { action: call.action, resource, context: Object.fromEntries(context) };
}

/** No variable of the function names it: Lambda itself puts there what the function failed at, with the rights of its role. */
function queueOf(arn: string | undefined): Record<string, string> {
  return arn === undefined ? {} : { 'failures queue': arn };
}
