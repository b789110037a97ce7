import type { AtlassianPerson } from '../../atlassian/atlassian-site.ts';
import { matchesWords } from '../../query-language/matches-words.ts';
import { parseQuery } from '../../query-language/parse-query.ts';
import { type Condition, type Order, QueryMeaningError, QuerySyntaxError } from '../../query-language/query.ts';
import { cqlRefusal } from '../confluence-refusal.ts';
import { type ConfluencePage, type ConfluenceState, visiblePages } from '../confluence-state.ts';
import { compileCql } from './compile-cql.ts';
import { cqlFieldOf } from './cql-fields.ts';

/** The pages a person sees that a query means: in its order, else those that name the words in their title first, else the newest. */
export function findPages(cql: string, person: AtlassianPerson, state: ConfluenceState): ConfluencePage[] {
  try {
    const { where, orderBy } = parseQuery(cql);
    if (!where) throw new QueryMeaningError(cql);
    const clock = { now: state.now(), zone: person.timeZone };
    const found = visiblePages(state, person).filter(compileCql(where, { state, accountId: person.accountId, clock }));
    return sorted(found, orderBy, { state, words: wordsIn(where) });
  } catch (error) {
    throw refusalOf(error, cql);
  }
}

/** Of a query that does not parse Confluence says no more than that. */
function refusalOf(error: unknown, cql: string): unknown {
  if (error instanceof QuerySyntaxError) return cqlRefusal(cql);
  return error instanceof QueryMeaningError ? cqlRefusal(error.message) : error;
}

function sorted(
  pages: readonly ConfluencePage[],
  orders: readonly Order[],
  { state, words }: { readonly state: ConfluenceState; readonly words: readonly string[] },
): ConfluencePage[] {
  const by = orders.map(({ field, direction }) => ({ read: cqlFieldOf(field).read, sign: direction === 'desc' ? -1 : 1 }));
  const relevance = ({ title }: ConfluencePage) => words.filter((word) => matchesWords(title, word)).length;
  return pages.toSorted((one, other) => {
    for (const { read, sign } of by) {
      const [left = '', right = ''] = [read(one, state)[0], read(other, state)[0]];
      if (left !== right) return left < right ? -sign : sign;
    }
    return relevance(other) - relevance(one) || other.version.createdAt - one.version.createdAt || Number(one.id) - Number(other.id);
  });
}

function wordsIn(condition: Condition): string[] {
  switch (condition.kind) {
    case 'clause':
      return condition.operator === '~' && condition.operand.kind === 'value' ? condition.operand.text.split(/[\s"]+/).filter(Boolean) : [];
    case 'not':
      return [];
    default:
      return condition.parts.flatMap(wordsIn);
  }
}
