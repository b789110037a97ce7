import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import { ToolFailure } from '../../tools/tool.ts';
import type { Query, SiteConnection } from '../client/atlassian-client.ts';
import { listed } from '../pick-named.ts';

const peopleSchema = z.array(z.looseObject({ accountId: z.string(), displayName: z.string(), emailAddress: z.string().optional() }));

export interface JiraPerson {
  readonly accountId: string;
  readonly displayName: string;
}

/** Where somebody is to get work: in a project, or an issue that is there already. */
export type WorkPlace = { readonly project: string } | { readonly issueKey: string };

/** Who is meant by a name, an e-mail address or "me", among those who can be assigned there. */
export function findAssignable(jira: SiteConnection, wanted: string, place: WorkPlace): Promise<JiraPerson> {
  return find(jira, wanted, { path: '/rest/api/3/user/assignable/search', query: { ...place }, lack: 'cannot be assigned there' });
}

/** Who is meant, among all people. */
export function findUser(jira: SiteConnection, wanted: string): Promise<JiraPerson> {
  return find(jira, wanted, { path: '/rest/api/3/user/search', query: {}, lack: 'is not there' });
}

interface Search {
  readonly path: string;
  readonly query: Query;
  readonly lack: string;
}

async function find(jira: SiteConnection, wanted: string, { path, query, lack }: Search): Promise<JiraPerson> {
  const isMe = /^(?:me|myself)$/i.test(wanted.trim());
  const who = isMe ? { accountId: jira.accountId } : { query: wanted.trim() };
  const found = await jira.get(path, peopleSchema, { ...query, ...who, maxResults: 50 });
  const [first, another] = isMe ? found.filter(({ accountId }) => accountId === jira.accountId) : meant(found, wanted);
  if (first && !another) return first;
  const name = isMe ? 'The person who asks' : `"${shorten(wanted, textLimits.quote)}"`;
  if (!first) throw new ToolFailure(`${name} ${lack}, or is not known to Jira under this name.`);
  throw new ToolFailure(
    `Several people are called like ${name}. Give a whole name or an e-mail address. ${listed(found.map(nameWithMail))}`,
  );
}

function meant(found: z.output<typeof peopleSchema>, wanted: string): z.output<typeof peopleSchema> {
  const same = (text?: string) => text?.trim().toLowerCase() === wanted.trim().toLowerCase();
  const exactly = found.filter(({ displayName, emailAddress }) => same(displayName) || same(emailAddress));
  return exactly.length > 0 ? exactly : found;
}

function nameWithMail({ displayName, emailAddress }: z.output<typeof peopleSchema>[number]): string {
  return emailAddress ? `${displayName} (${emailAddress})` : displayName;
}
