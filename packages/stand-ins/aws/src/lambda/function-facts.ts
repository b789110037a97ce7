import { type AwsOperation, unknownOperation } from '../answer-aws.ts';
import { AwsError } from '../aws-error.ts';
import { arnOf, type Place } from '../place.ts';
import type { FunctionDefinition } from './function-definition.ts';

const path = /^\/(?:2015-03-31|2021-10-31)\/functions\/([\w-]+)\/(configuration|url)$/;

/** `GetFunctionConfiguration` and `GetFunctionUrlConfig`, by name. Undefined: it is another call. */
export function functionFactsOf(
  request: Request,
  { functions, place, urlOf }: { readonly functions: readonly FunctionDefinition[]; readonly place: Place; readonly urlOf: UrlOf },
): AwsOperation | undefined {
  const [, name = '', what] = path.exec(new URL(request.url).pathname) ?? [];
  if (what === undefined) return undefined;
  if (request.method !== 'GET') throw unknownOperation(request);
  const FunctionArn = arnOf('lambda', place, `function:${name}`);
  const operation = what === 'url' ? 'GetFunctionUrlConfig' : 'GetFunctionConfiguration';
  const answer = () => {
    const found = functions.find((one) => one.name === name);
    if (!found) throw new AwsError(404, 'ResourceNotFoundException', `Function not found: ${FunctionArn}`);
    if (what === 'configuration')
      return Response.json({ FunctionName: name, FunctionArn, Environment: { Variables: found.environment }, State: 'Active' });
    const url = urlOf(name);
    if (url === undefined) throw new AwsError(404, 'ResourceNotFoundException', 'The resource you requested does not exist.');
    return Response.json({ FunctionArn, FunctionUrl: `${url}/`, AuthType: 'NONE', InvokeMode: 'BUFFERED' });
  };
  return { name: operation, needs: [{ action: `lambda:${operation}`, resource: FunctionArn }], answer };
}

type UrlOf = (name: string) => string | undefined;
