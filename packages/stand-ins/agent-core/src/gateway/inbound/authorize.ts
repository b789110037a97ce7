import { AwsError } from '@vera/aws-stand-in/aws-error';
import { callerOf } from '@vera/aws-stand-in/caller';
import type { Authorizer } from './authorizer.ts';
import { checkJwt } from './check-jwt.ts';
import { GatewayRefusal } from './gateway-refusal.ts';

interface AuthorizeParts {
  readonly authorizer: Authorizer;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Lets a request in or throws a `GatewayRefusal`. Gives who signed it, if the gateway wants signatures. */
export async function authorize(request: Request, { authorizer, now }: AuthorizeParts): Promise<string | undefined> {
  switch (authorizer.kind) {
    case 'NONE':
      return undefined;
    case 'AWS_IAM':
      return signerOf(request);
    case 'CUSTOM_JWT': {
      const token = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
      if (!token) throw unauthorized(request, 'Missing Bearer token');
      const verdict = await checkJwt(token, authorizer, now);
      if (verdict.kind === 'invalid') throw unauthorized(request, 'Invalid Bearer token');
      if (verdict.kind === 'insufficient') throw new GatewayRefusal(403, -32002, 'Insufficient scope');
      return undefined;
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
