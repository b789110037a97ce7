import type { SlackManifest } from '../../src/doctor/check.ts';
import { manifestOf, type Variant } from './settings-of-variants.ts';

/** What is not AWS, where a test makes it ill. */
export interface World {
  /** How far Slack's clock is ahead. */
  readonly secondsAhead?: number;
  readonly receiver?: () => Response;
  readonly portal?: () => Response;
  /** The functions' own addresses, where a front stands before them. */
  readonly behind?: () => Response;
  /** Scopes of the bot token, of those that it has. */
  readonly scopes?: (granted: readonly string[]) => readonly string[];
  readonly manifest?: (meant: SlackManifest) => SlackManifest;
  /** Scopes of the token at GitHub. */
  readonly gitHubScopes?: string;
}

/** Answers as a sound receiver, portal, Slack and GitHub do; what is on this machine is asked itself. */
export function outside(variant: Variant, world: World): typeof fetch {
  const { front, region, portalUrl } = variant.settings;
  const own = (role: string) => `${role}.lambda-url.${region}.on.aws`;
  const hosts = {
    receiver: front?.receiver ?? own('receiver'),
    portal: front?.portal ?? new URL(portalUrl ?? `https://${own('auth-portal')}/`).host,
  };
  const page = () => new Response('<title>Vera</title>', { headers: { 'x-robots-tag': 'noindex' } });
  return async (input, init) => {
    const { host, hostname, pathname } = new URL(String(input));
    if (pathname.endsWith('/apps.manifest.export')) {
      const meant = manifestOf(variant, `https://${hosts.receiver}/`, `https://${hosts.portal}/`);
      return Response.json({ ok: true, manifest: world.manifest?.(meant) ?? meant });
    }
    if (hostname === '127.0.0.1') return asSlack(await fetch(input, init), world);
    if (host === hosts.receiver)
      return world.receiver?.() ?? Response.json({ challenge: (JSON.parse(String(init?.body)) as { challenge: string }).challenge });
    if (host === hosts.portal) return world.portal?.() ?? page();
    if (host === 'api.github.com') return Response.json({}, { headers: { 'x-oauth-scopes': world.gitHubScopes ?? 'read:org, read:user' } });
    return world.behind?.() ?? new Response(null, { status: 403 });
  };
}

async function asSlack(response: Response, { scopes, secondsAhead = 0 }: World): Promise<Response> {
  const headers = new Headers(response.headers);
  const granted = headers.get('x-oauth-scopes')?.split(',');
  if (granted) headers.set('x-oauth-scopes', (scopes?.(granted) ?? granted).join(','));
  headers.set('date', new Date(Date.now() + secondsAhead * 1000).toUTCString());
  return new Response(await response.text(), { status: response.status, headers });
}
