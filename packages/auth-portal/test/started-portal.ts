import { issueTicket } from '@vera/accounts/portal-ticket';
import { createLog } from '@vera/service-kit/log';
import { createAuthPortal } from '../src/auth-portal.ts';
import { type FunctionUrlEvent, type FunctionUrlResult, toRequest, toResult } from '../src/function-url.ts';

export const key = 'a-key-of-thirty-two-characters-x';
export const ann = { teamId: 'T0TEST', userId: 'U0ANN' };

/** The portal behind its function URL, with a clock that the test moves. */
export function startedPortal() {
  let time = 1_766_458_030_000;
  const lines: string[] = [];
  const log = createLog({ service: 'auth-portal', write: (line) => void lines.push(line) });
  const portal = createAuthPortal({ key, now: () => time, log });
  const ask = async (event: Partial<FunctionUrlEvent> & { readonly method?: string }): Promise<FunctionUrlResult> => {
    const { method = 'GET', ...rest } = event;
    return toResult(await portal(toRequest({ rawPath: '/', rawQueryString: '', requestContext: { http: { method } }, ...rest })));
  };
  return {
    ask,
    log,
    lines,
    pass(milliseconds: number) {
      time += milliseconds;
    },
    ticketOf: (person = ann) => issueTicket(key, person, 'link-1', time),
    /** Opens a link and gives what the browser keeps of the cookie. */
    async cookieOf(person = ann): Promise<string> {
      const { cookies } = await ask({ rawQueryString: `ticket=${issueTicket(key, person, 'link-1', time)}` });
      return cookies[0]?.split(';')[0] ?? '';
    },
  };
}
