import { randomUUID } from 'node:crypto';
import { connectLinkOf } from '@vera/accounts/portal-ticket';
import { names } from '../../src/names.ts';
import type { LocalSystem } from '../../src/start-system.ts';

/** A link to the portal as Vera makes it; `age`: made that many milliseconds ago. */
export function portalLinkOf(system: LocalSystem, userId: string, age = 0): string {
  const portalUrl = system.lambda.urlOf(names.authPortal);
  const { teamId } = system.slack.workspace;
  return connectLinkOf({ teamId, userId }, { key: system.portalTicketKey, portalUrl, id: randomUUID(), now: Date.now() - age });
}

/** Somebody at the portal with cookies, forms and other sites, but without a browser. */
export function createPortalVisitor(system: LocalSystem, userId: string) {
  const { origin } = new URL(system.lambda.urlOf(names.authPortal));
  const jar = new Map<string, string>();
  const addresses: string[] = [];
  const go = async (url: string, method = 'GET'): Promise<string> => {
    addresses.push(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(new URL(url, origin), { method, headers: { cookie, origin }, redirect: 'manual' });
    for (const one of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
      jar.set(name, value);
    }
    const location = answer.headers.get('location');
    return location === null ? answer.text() : go(location);
  };
  /** Presses a button, chooses on the other site, comes back; gives the page that shows then. */
  const choose = async (path: string, choice: string): Promise<string> => {
    const [, there = ''] = /content="0;url=([^"]*)"/.exec(await go(path, 'POST')) ?? [];
    const body = new URLSearchParams({ choice });
    const answer = await fetch(there.replaceAll('&amp;', '&'), { method: 'POST', body, redirect: 'manual' });
    return go(answer.headers.get('location') ?? '/nowhere');
  };
  return {
    /** Where this browser was at the portal, and its cookies. */
    addresses,
    jar,
    async signIn(link = portalLinkOf(system, userId)): Promise<string> {
      await go(link);
      return choose('/sign-in', userId);
    },
    /** Agrees at the provider as the account of this id there. */
    connect: (provider: 'atlassian' | 'github', accountId: string) => choose(`/connect/${provider}`, accountId),
    disconnect: (provider: 'atlassian' | 'github') => go(`/disconnect/${provider}`, 'POST'),
  };
}
