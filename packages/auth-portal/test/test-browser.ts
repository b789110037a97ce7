import type { Person } from '@vera/accounts/portal-ticket';
import type { FunctionUrlResult } from '../src/function-url.ts';
import { type Asked, ann, origin as functionUrl } from './started-portal.ts';

interface Portal {
  ask(asked: Asked): Promise<FunctionUrlResult>;
  ticketOf(person?: Person): string;
}

/** A person's browser: keeps cookies, sends forms as one does, and goes to other sites for real. */
export function createTestBrowser(portal: Portal, origin = functionUrl) {
  const jar = new Map<string, string>();
  const cookies = () => [...jar].map(([name, value]) => `${name}=${value}`);
  const ask = async (asked: Asked): Promise<FunctionUrlResult> => {
    const answer = await portal.ask({ cookies: cookies(), ...asked });
    for (const cookie of answer.cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/Max-Age=0/.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  const open = (url: string) => {
    const { pathname, search } = new URL(url, origin);
    return ask({ rawPath: pathname, rawQueryString: search.slice(1) });
  };
  const press = (path: string) => ask({ method: 'POST', rawPath: path, headers: { origin, 'sec-fetch-site': 'same-origin' } });
  /** Where the page that a button gave sends the browser. */
  const leave = async (path: string): Promise<string> => departureIn((await press(path)).body);
  /** Presses a button, chooses on the other site, and gives the address that it sends the browser back to. */
  const choose = async (path: string, choice: string): Promise<string> => {
    const there = await leave(path);
    const answer = await fetch(there, { method: 'POST', body: new URLSearchParams({ choice }), redirect: 'manual' });
    return answer.headers.get('location') ?? `${answer.status} ${await answer.text()}`;
  };
  return {
    jar,
    cookies,
    open,
    press,
    leave,
    choose,
    openLink: (person = ann) => open(`/?ticket=${portal.ticketOf(person)}`),
    /** Opens a link for this person and signs in as them. */
    async signIn(person = ann): Promise<FunctionUrlResult> {
      await open(`/?ticket=${portal.ticketOf(person)}`);
      return open(await choose('/sign-in', person.userId));
    },
    async connect(provider: string, personId = '1'): Promise<FunctionUrlResult> {
      return open(await choose(`/connect/${provider}`, personId));
    },
  };
}

function departureIn(body: string): string {
  const [, url] = /http-equiv="refresh" content="0;url=([^"]*)"/.exec(body) ?? [];
  if (url === undefined) throw new Error(`This page leads nowhere: ${body.replace(/<style>.*<\/style>/s, '')}`);
  return url.replaceAll('&amp;', '&');
}
