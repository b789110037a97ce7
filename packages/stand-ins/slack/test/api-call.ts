import type { SlackEmulator } from '../src/contract.ts';
import { northwind } from './northwind.ts';

export interface CallOptions {
  readonly token?: string | undefined;
  readonly as?: 'form' | 'json' | 'query';
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
  readonly body: any;
}

/** One call without Slack's client, for what that client would never send. */
export async function apiCall(
  slack: SlackEmulator,
  method: string,
  args: Readonly<Record<string, unknown>>,
  { token = northwind.botToken, as = 'form' }: CallOptions = {},
): Promise<Answered> {
  const url = new URL(`${slack.url}/api/${method}`);
  const headers: Record<string, string> = token === '' ? {} : { authorization: `Bearer ${token}` };
  const asText = Object.entries(args).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  if (as === 'query') {
    for (const [name, value] of asText) url.searchParams.set(name, value);
    return answered(await fetch(url, { headers }));
  }
  const json = { 'content-type': 'application/json; charset=utf-8' };
  const request =
    as === 'json' ? { headers: { ...headers, ...json }, body: JSON.stringify(args) } : { headers, body: new URLSearchParams(asText) };
  return answered(await fetch(url, { method: 'POST', ...request }));
}

async function answered(response: Response): Promise<Answered> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
}
