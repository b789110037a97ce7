import { randomUUID } from 'node:crypto';
import { type BedrockAgentCoreClient, InvokeAgentRuntimeCommand, StopRuntimeSessionCommand } from '@aws-sdk/client-bedrock-agentcore';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { ails, type Finding, lives, nameOf } from './finding.ts';

const part = 'runtime';

interface RuntimeParams {
  /** What the invoker calls. */
  readonly arn: string | undefined;
  readonly qualifier: string | undefined;
  readonly client: BedrockAgentCoreClient;
}

/**
 * Has a session started that is nobody's, and gives it an errand of somebody whom Slack does not know. To find that out the worker reads its
 * secret and asks Slack; then it tells nobody anything (`worker/src/errands/run-errand.ts`). The session is stopped after it.
 */
export async function lookAtRuntime({ arn: agentRuntimeArn, qualifier, client }: RuntimeParams): Promise<Finding> {
  if (agentRuntimeArn === undefined) return ails(part, 'is not known: the invoker is not deployed', 'pnpm cdktf deploy worker invoker');
  const runtimeSessionId = `vera-check-${randomUUID()}`;
  const session = { agentRuntimeArn, qualifier, runtimeSessionId };
  const payload = Buffer.from(JSON.stringify(errandOfNobody));
  try {
    const asked = { ...session, payload, contentType: 'application/json', accept: 'application/json' };
    const { response } = await client.send(new InvokeAgentRuntimeCommand(asked));
    const answered = JSON.parse((await response?.transformToString()) ?? '{}') as { readonly status?: unknown };
    if (answered.status === 'done') return lives(part, 'starts a session, reads its secret and reaches Slack');
    return ails(part, 'something else than Vera answers', 'pnpm cdktf deploy worker');
  } catch (error) {
    return failed(nameOf(error), agentRuntimeArn);
  } finally {
    // It would idle, and be billed, for minutes. One that never began cannot be stopped.
    await client.send(new StopRuntimeSessionCommand(session)).catch(() => {});
  }
}

/** The same where the worker is a function: without a session, and Lambda says itself when it failed. */
export async function lookAtFunction(FunctionName: string, lambda: LambdaClient): Promise<Finding> {
  try {
    const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(errandOfNobody)) }));
    if (FunctionError === undefined) return lives(part, 'the function starts, reads its secret and reaches Slack');
    return ails(part, `does not carry out what it is given (${FunctionError})`, `look into /aws/lambda/${FunctionName}`);
  } catch (error) {
    const name = nameOf(error);
    if (name === 'ResourceNotFoundException') return ails(part, 'is not there', 'pnpm cdktf deploy worker invoker');
    return ails(part, `cannot be called (${name})`, `sign in as who may lambda:InvokeFunction, and look into /aws/lambda/${FunctionName}`);
  }
}

const errandOfNobody = { kind: 'errand', id: 'e-vera-check', wish: 'stop-refused', teamId: 'T0', userId: 'U00VERACHECK' };

function failed(name: string, arn: string): Finding {
  const log = `/aws/bedrock-agentcore/runtimes/${arn.split('/')[1]}-…`;
  switch (name) {
    case 'ResourceNotFoundException':
      return ails(part, 'is not there, or not its endpoint', 'pnpm cdktf deploy worker invoker');
    case 'AccessDeniedException':
      return ails(part, 'you may not call it', 'sign in as who may bedrock-agentcore:InvokeAgentRuntime');
    case 'ThrottlingException':
    case 'ServiceQuotaExceededException':
      return ails(part, `cannot start a session now (${name})`, 'ask again in a minute; else raise the quota of AgentCore sessions');
    default:
      return ails(part, `does not carry out what it is given (${name})`, `look into the log group ${log} for invocation.failed`);
  }
}
