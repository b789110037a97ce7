import { SaasRefusal } from '../http/saas-refusal.ts';
import type { AtlassianPerson, AtlassianSite } from './atlassian-site.ts';

export interface AtlassianCaller {
  readonly person: AtlassianPerson;
  /** Undefined: an API token, which may what its person may. */
  readonly scopes: readonly string[] | undefined;
}

interface IdentifyParts {
  readonly site: AtlassianSite;
  readonly product: 'jira' | 'confluence';
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Who calls, and the path as the product knows it. API tokens work at the site; OAuth tokens only below `/ex/{product}/{cloudId}`,
 * where `api.atlassian.com` has them.
 */
export function identifyCaller(request: Request, parts: IdentifyParts): { caller: AtlassianCaller; path: string } {
  const { pathname } = new URL(request.url);
  const [, product, cloudId, rest] = /^\/ex\/([^/]+)\/([^/]+)(\/.*)$/.exec(pathname) ?? [];
  const isGateway = rest !== undefined;
  if (isGateway && (product !== parts.product || cloudId !== parts.site.cloudId)) {
    throw new SaasRefusal(404, { code: 404, message: 'Not Found' });
  }
  return { caller: callerOf(request, isGateway, parts), path: rest ?? pathname };
}

function callerOf({ headers }: Request, isGateway: boolean, { site, now }: IdentifyParts): AtlassianCaller {
  const [, scheme, credential = ''] = /^(Basic|Bearer) +(\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  if (scheme?.toLowerCase() === 'bearer') {
    // The site itself takes a Bearer token for one of a Connect app.
    if (!isGateway) throw new SaasRefusal(403, { error: 'Failed to parse Connect Session Auth Token' });
    const grant = site.tokens.grantOf(credential, now);
    const person = site.people.find(({ accountId }) => accountId === grant?.accountId);
    if (!grant || !person) throw unauthorized(isGateway);
    return { person, scopes: grant.scopes };
  }
  const [, email, token] = /^([^:]*):(.*)$/s.exec(Buffer.from(credential, 'base64').toString()) ?? [];
  const isKnown = site.apiTokens.some((known) => known.email === email && known.token === token);
  const person = site.people.find((one) => one.email === email);
  if (!isKnown || !person) throw unauthorized(isGateway);
  return { person, scopes: undefined };
}

function unauthorized(isGateway: boolean): SaasRefusal {
  if (isGateway) return new SaasRefusal(401, { code: 401, message: 'Unauthorized' });
  return new SaasRefusal(
    401,
    { message: 'Client must be authenticated to access this resource.', 'status-code': 401 },
    { 'www-authenticate': 'OAuth realm="northwind"', 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' },
  );
}

/** Refuses a token that lacks every one of the scopes a route takes. */
export function checkScopes({ scopes }: AtlassianCaller, route: { readonly scopes?: readonly string[] }): void {
  if (!scopes || !route.scopes || route.scopes.some((scope) => scopes.includes(scope))) return;
  throw new SaasRefusal(401, { code: 401, message: 'Unauthorized; scope does not match' });
}
