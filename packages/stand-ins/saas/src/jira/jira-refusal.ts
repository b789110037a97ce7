import { SaasRefusal } from '../http/saas-refusal.ts';

/** A refusal in Jira's form: sentences, and sentences by field. */
export function jiraRefusal(
  status: number,
  messages: string | readonly string[],
  errors: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): SaasRefusal {
  return new SaasRefusal(status, { errorMessages: typeof messages === 'string' ? [messages] : messages, errors }, headers);
}

/** Jira does not say whether an issue is missing or hidden. */
export function noIssue(): SaasRefusal {
  return jiraRefusal(404, 'Issue does not exist or you do not have permission to see it.');
}
