import type { JiraIssue } from '../jira-issue.ts';
import { equality, type JqlContext, type JqlField } from './jql-field.ts';

/** Fields that hold a person. JQL takes account ids; names and e-mails work while they are unique. */
export const userFields: readonly JqlField[] = [
  userField('assignee', ({ assignee }) => assignee),
  userField('reporter', ({ reporter }) => reporter),
  userField('creator', ({ creator }) => creator),
];

function userField(name: string, read: (issue: JiraIssue) => string | null): JqlField {
  return {
    names: [name],
    operators: equality,
    read: (issue) => {
      const account = read(issue);
      return account === null ? [] : [account];
    },
    resolve: accountOf,
    call: (called, _args, { person }) => (called.toLowerCase() === 'currentuser' ? [person.accountId] : undefined),
  };
}

function accountOf(text: string, { state }: JqlContext): string | undefined {
  const wanted = text.toLowerCase();
  const found = state.people.filter(
    ({ accountId, name, email }) => accountId === text || name.toLowerCase() === wanted || email.toLowerCase() === wanted,
  );
  return found.length === 1 ? found[0]?.accountId : undefined;
}
