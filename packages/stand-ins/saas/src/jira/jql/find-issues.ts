import type { AtlassianPerson } from '../../atlassian/atlassian-site.ts';
import { parseQuery } from '../../query-language/parse-query.ts';
import { type Order, QueryMeaningError, QuerySyntaxError } from '../../query-language/query.ts';
import { jiraRefusal } from '../jira-refusal.ts';
import { type JiraIssue, type JiraState, visibleIssues } from '../jira-state.ts';
import { compared, compile, jqlFieldOf } from './compile.ts';
import type { JqlContext } from './jql-field.ts';

interface FindOptions {
  /** The search of a whole Jira wants a condition; a sprint or a board is one. */
  readonly mayBeUnbounded?: boolean;
  readonly among?: readonly JiraIssue[];
}

/** The issues a person sees that a query means, in its order; newest first when it has none. Refuses a query as Jira does. */
export function findIssues(jql: string, person: AtlassianPerson, state: JiraState, options: FindOptions = {}): JiraIssue[] {
  try {
    const query = parseQuery(jql);
    if (!query.where && !options.mayBeUnbounded) {
      throw new QueryMeaningError('Unbounded JQL queries are not allowed here. Please add a search restriction to your query.');
    }
    const context = { state, person, clock: { now: state.now(), zone: person.timeZone } };
    const isKnown = (issue: JiraIssue) =>
      issue.created <= state.now() - state.searchLag && (!options.among || options.among.includes(issue));
    const seen = visibleIssues(state, person).filter(isKnown);
    const found = query.where ? seen.filter(compile(query.where, context)) : seen;
    return sorted(found, query.orderBy, context);
  } catch (error) {
    throw error instanceof QuerySyntaxError || error instanceof QueryMeaningError ? jiraRefusal(400, error.message) : error;
  }
}

function sorted(issues: readonly JiraIssue[], orders: readonly Order[], context: JqlContext): JiraIssue[] {
  const by = orders.map(({ field, direction }) => {
    const { read, operators } = jqlFieldOf(field);
    if (operators.includes('~') && field.toLowerCase() === 'text') throw new QueryMeaningError(`Not able to sort using field '${field}'.`);
    return { read, sign: isDescending(field, direction) ? -1 : 1 };
  });
  return issues.toSorted((one, other) => {
    for (const { read, sign } of by) {
      const [left] = read(one, context);
      const [right] = read(other, context);
      const order =
        left === undefined || right === undefined ? Number(left === undefined) - Number(right === undefined) : sign * compared(left, right);
      if (order !== 0) return order;
    }
    return other.created - one.created || compared(other.key, one.key);
  });
}

/** Dates and priorities come with the newest and the highest first unless told otherwise. */
function isDescending(field: string, direction: Order['direction']): boolean {
  if (direction !== undefined) return direction === 'desc';
  return ['created', 'updated', 'resolved', 'resolutiondate', 'priority'].includes(field.toLowerCase());
}
