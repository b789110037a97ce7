import type { JiraState } from '../jira-state.ts';

/** A person as others see them; nobody's e-mail is hidden here. */
export function toUserView(accountId: string | null, { people, url }: JiraState): object | null {
  const person = people.find((one) => one.accountId === accountId);
  if (!person) return null;
  return {
    self: `${url}/rest/api/3/user?accountId=${encodeURIComponent(person.accountId)}`,
    accountId: person.accountId,
    accountType: person.readsOnly ? 'app' : 'atlassian',
    emailAddress: person.email,
    displayName: person.name,
    active: true,
    timeZone: person.timeZone,
  };
}
