import type { Patient } from './check.ts';
import { GroundError } from './check.ts';

/** With a slash at its end. */
export function slackApiOf({ slackApi }: Pick<Patient, 'slackApi'>): string {
  return slackApi ?? 'https://slack.com/api/';
}

/** One call of a method, whose headers tell what the token may do. Throws what the check rests on and is not there. */
export async function askSlack(
  patient: Pick<Patient, 'slackApi' | 'fetch'>,
  { method, token, form = {} }: { readonly method: string; readonly token: string; readonly form?: Readonly<Record<string, string>> },
): Promise<{ readonly body: Readonly<Record<string, unknown>>; readonly headers: Headers }> {
  const request = { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: new URLSearchParams(form) };
  const response = await patient.fetch(`${slackApiOf(patient)}${method}`, request);
  const body = (await response.json()) as Readonly<Record<string, unknown>>;
  if (body.ok === true) return { body, headers: response.headers };
  throw new GroundError(`Slack says ${String(body.error)} to ${method}`, 'mend what is said of the secret, and ask again');
}
