import { AwsError } from './aws-error.ts';

/** Who signed a request, read from its SigV4 `Authorization` header. */
export interface Caller {
  /** In the local system a component's access key is its name, so that the record of calls says who called. */
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

const scope =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request,\s*SignedHeaders=[^,]+,\s*Signature=[0-9a-f]{64}$/;

/**
 * The caller of a request signed for `service`. Refuses what AWS refuses before it looks at an action: no signature, a
 * malformed one, or one for another service. The signature itself is not recomputed: the emulators hold no secret keys.
 */
export function callerOf(request: Request, service: string): Caller {
  const authorization = request.headers.get('authorization');
  if (!authorization) throw new AwsError(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  const [, accessKeyId, region, signedFor] = scope.exec(authorization) ?? [];
  if (!accessKeyId || !region || !signedFor) throw new AwsError(403, 'IncompleteSignatureException', 'Authorization header is malformed');
  if (signedFor !== service) {
    throw new AwsError(403, 'InvalidSignatureException', `Credential should be scoped to correct service: '${service}'.`);
  }
  return { accessKeyId, region, service: signedFor };
}
