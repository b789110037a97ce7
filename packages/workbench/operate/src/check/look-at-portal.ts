import { ails, type Finding, lives, nameOf } from './finding.ts';

const part = 'portal';
const deployIt = 'pnpm cdktf deploy auth-portal';

interface PortalParams {
  /** Where people see it. */
  readonly url: string | undefined;
  readonly functionName: string;
  readonly fetch: typeof fetch;
}

/** Opens its front page, as somebody who is not signed in. */
export async function lookAtPortal({ url, functionName, fetch }: PortalParams): Promise<Finding> {
  if (url === undefined) return ails(part, 'is not deployed, or has no address', deployIt);
  const log = `/aws/lambda/${functionName}`;
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    const isOurs = (await response.text()).includes('Vera') && response.headers.get('x-robots-tag') === 'noindex';
    if (response.status === 403 && !isOurs) return ails(part, 'may not be called from outside', deployIt);
    if (response.status >= 500) return ails(part, `answers with ${response.status}`, `look into ${log}`);
    if (!isOurs)
      return ails(part, `something else answers at ${url} (${response.status})`, 'portalUrl of the settings has to lead to its function');
    return lives(part, `shows its page at ${url}`);
  } catch (error) {
    return ails(part, `gives no answer at ${url} (${nameOf(error)})`, `look into ${log}; if it has no line: ${deployIt}`);
  }
}
