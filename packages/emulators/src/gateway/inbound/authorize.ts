import { AwsError } from '../../aws/aws-error.ts';
import type { CallRecord } from '../../aws/call-record.ts';
import { callerOf } from '../../aws/caller.ts';
import type { Authorizer } from './authorizer.ts';
import { checkJwt } from './check-jwt.ts';
import { GatewayRefusal } from './gateway-refusal.ts';

interface AuthorizeParts {
  readonly authorizer: Authorizer;
  readonly gatewayArn: string;
  readonly record: CallRecord;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Lets a request in or throws a `GatewayRefusal`. A signed one is recorded as the permission IAM would have checked. */
export async function authorize(request: Request, { authorizer, gatewayArn, record, now }: AuthorizeParts): Promise<void> {
  switch (authorizer.kind) {
    case 'NONE':
      return;
    case 'AWS_IAM': {
      const component = signerOf(request);
      record.add({ action: 'bedrock-agentcore:InvokeGateway', resource: gatewayArn, component, at: now, status: 200 });
      return;
    }
    case 'CUSTOM_JWT': {
      const token = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
      if (!token) throw unauthorized(request, 'Missing Bearer token');
      const verdict = await checkJwt(token, authorizer, now);
      if (verdict.kind === 'invalid') throw unauthorized(request, 'Invalid Bearer token');
      if (verdict.kind === 'insufficient') throw new GatewayRefusal(403, -32002, 'Insufficient scope');
    }
  }
}

function signerOf(request: Request): string {
  try {
    return callerOf(request, 'bedrock-agentcore').accessKeyId;
  } catch (error) {
    throw error instanceof AwsError ? unsigned(error) : error;
  }
}

function unsigned(cause: AwsError): GatewayRefusal {
  return new GatewayRefusal(403, -32002, cause.message, { headers: { 'x-amzn-errortype': cause.type }, cause });
}

export function unauthorized(request: Request, message: string): GatewayRefusal {
  const metadata = `${new URL(request.url).origin}/.well-known/oauth-protected-resource`;
  return new GatewayRefusal(401, -32001, message, { headers: { 'www-authenticate': `Bearer resource_metadata="${metadata}"` } });
}
