import type { BedrockAgentCoreClient } from '@aws-sdk/client-bedrock-agentcore';
import { GetFunctionConfigurationCommand, GetFunctionUrlConfigCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Deployment } from '../deployment.ts';
import { AskError } from '../doctor/ask.ts';
import type { Origins } from '../secrets/judge-secrets.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import { ails, type Finding, lives, nameOf, unseen } from './finding.ts';
import { lookAround } from './look-around.ts';
import { lookAtPortal } from './look-at-portal.ts';
import { lookAtReceiver } from './look-at-receiver.ts';
import { lookAtFunction, lookAtRuntime } from './look-at-runtime.ts';
import { lookAtSecret } from './look-at-secret.ts';

export interface CheckParams {
  readonly deployment: Pick<Deployment, 'functionNameOf' | 'portalUrl'> & Partial<Pick<Deployment, 'front'>>;
  readonly store: Pick<SecretStore, 'read'>;
  readonly lambda: LambdaClient;
  readonly agentCore: BedrockAgentCoreClient;
  readonly origins: Origins;
  /** Looks at the roles that the company keeps itself, where there are some. */
  readonly roles?: (() => Promise<readonly Finding[]>) | undefined;
  readonly tell: (line: string) => void;
}

/** Asks each part whether it lives, changes nothing, and tells what ails it and what helps. True: all live. */
export async function checkDeployment(params: CheckParams): Promise<boolean> {
  const { deployment, store, lambda, agentCore, origins, roles, tell } = params;
  const [receiver, portal] = [deployment.functionNameOf('receiver'), deployment.functionNameOf('auth-portal')];
  const front = addressesOf(deployment.front);
  const keys = await store.read().catch(() => ({}) as Readonly<Record<string, string>>);
  const looks: Readonly<Record<string, () => Promise<Finding>>> = {
    secret: () => lookAtSecret(store, origins),
    receiver: async () => {
      const [own, functionName] = [await urlOf(lambda, receiver), receiver];
      return lookAtReceiver({ url: own && (front.receiver ?? own), functionName, signingSecret: keys.SLACK_SIGNING_SECRET, fetch });
    },
    portal: async () => {
      const own = await urlOf(lambda, portal);
      return lookAtPortal({ url: front.portal ?? deployment.portalUrl ?? own, functionName: portal, fetch });
    },
    ...(deployment.front
      ? { front: async () => lookAround(await Promise.all([receiver, portal].map((name) => urlOf(lambda, name))), fetch) }
      : {}),
    ...(roles ? { roles: () => firstOf(roles) } : {}),
    runtime: async () => {
      const { workerFunction, ...runtime } = await workerOf(lambda, deployment.functionNameOf('invoker'));
      return workerFunction === undefined ? lookAtRuntime({ ...runtime, client: agentCore }) : lookAtFunction(workerFunction, lambda);
    },
  };
  let isWell = true;
  for (const [part, look] of Object.entries(looks)) {
    const finding = await look().catch((error: unknown) => ails(part, `could not be looked at (${nameOf(error)})`, howToLook));
    tell(`${finding.kind === 'lives' ? 'lives' : 'AILS '}  ${part.padEnd(8)}  ${finding.words}`);
    if (finding.kind !== 'lives') tell(`                 remedy: ${finding.remedy}`);
    isWell &&= finding.kind === 'lives';
  }
  return isWell;
}

/** The first that ails, or what was not seen. */
async function firstOf(look: () => Promise<readonly Finding[]>): Promise<Finding> {
  try {
    const findings = await look();
    return (
      findings.find(({ kind }) => kind === 'ails') ??
      findings.find(({ kind }) => kind === 'unseen') ??
      lives('roles', findings[0]?.words ?? '')
    );
  } catch (error) {
    if (!(error instanceof AskError)) throw error;
    return unseen(
      'roles',
      `could not be looked at: it takes ${error.right} (${error.reason})`,
      'sign in as who may, or compare them with pnpm roles',
    );
  }
}

function addressesOf(front: Deployment['front']) {
  return { receiver: front && `https://${front.receiver}/`, portal: front && `https://${front.portal}/` };
}

const howToLook = 'aws sts get-caller-identity has to answer, as somebody who may read Lambda';

async function ifThere<Result>(read: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function urlOf(lambda: LambdaClient, FunctionName: string): Promise<string | undefined> {
  return (await ifThere(() => lambda.send(new GetFunctionUrlConfigCommand({ FunctionName }))))?.FunctionUrl;
}

/** What the invoker was told to call: what it does not know is never asked, whatever else runs. */
async function workerOf(lambda: LambdaClient, FunctionName: string) {
  const found = await ifThere(() => lambda.send(new GetFunctionConfigurationCommand({ FunctionName })));
  const { AGENT_RUNTIME_ARN: arn, AGENT_RUNTIME_QUALIFIER: qualifier, WORKER_FUNCTION } = found?.Environment?.Variables ?? {};
  return { arn, qualifier, workerFunction: WORKER_FUNCTION };
}
