import { dateOf, dateOfFunction, type QueryClock } from '../../query-language/date-of.ts';
import { matchesWords } from '../../query-language/matches-words.ts';
import { type Clause, type Condition, type Operand, type Operator, QueryMeaningError, toTest } from '../../query-language/query.ts';
import type { ConfluencePage, ConfluenceState } from '../confluence-state.ts';
import { type CqlField, cqlFieldOf } from './cql-fields.ts';

export interface CqlContext {
  readonly state: ConfluenceState;
  /** Account id of who asks. */
  readonly accountId: string;
  readonly clock: QueryClock;
}

type Test = (page: ConfluencePage) => boolean;

/** A condition as a test of pages. Throws a `QueryMeaningError`. */
export function compileCql(condition: Condition, context: CqlContext): Test {
  return toTest(condition, (clause) => compileClause(clause, context));
}

function compileClause({ field: name, operator, operand }: Clause, context: CqlContext): Test {
  const field = cqlFieldOf(name);
  if (!field.operators.includes(operator)) throw new QueryMeaningError(`Unsupported operator '${operator}' for field '${name}'`);
  const wanted = valuesOf(operand, field, context);
  const values = (page: ConfluencePage) => field.read(page, context.state);
  return (page) => compare(operator, values(page), wanted);
}

function compare(operator: Operator, values: readonly (string | number)[], wanted: readonly (string | number)[]): boolean {
  const [first = ''] = wanted;
  switch (operator) {
    case '~':
      return values.some((value) => matchesWords(String(value), String(first)));
    case '!~':
      return !values.some((value) => matchesWords(String(value), String(first)));
    case '!=':
    case 'not in':
      return !values.some((value) => wanted.includes(value));
    case '<':
      return values.some((value) => value < first);
    case '<=':
      return values.some((value) => value <= first);
    case '>':
      return values.some((value) => value > first);
    case '>=':
      return values.some((value) => value >= first);
    default:
      return values.some((value) => wanted.includes(value));
  }
}

function valuesOf(operand: Operand, field: CqlField, context: CqlContext): readonly (string | number)[] {
  switch (operand.kind) {
    case 'empty':
      throw new QueryMeaningError('null is not a value');
    case 'list':
      return operand.items.flatMap((item) => valuesOf(item, field, context));
    case 'function': {
      if (operand.name.toLowerCase() === 'currentuser') return [context.accountId];
      const date = field.isDate ? dateOfFunction(operand.name, operand.args, context.clock) : undefined;
      if (date === undefined || Number.isNaN(date)) throw new QueryMeaningError(`Unknown function ${operand.name}`);
      return [date];
    }
    case 'value': {
      if (!field.isDate)
        return [field.operators.includes('~') && !field.operators.includes('in') ? operand.text : operand.text.toLowerCase()];
      const date = dateOf(operand.text, context.clock);
      if (date === undefined) throw new QueryMeaningError(`Invalid date '${operand.text}'`);
      return [date];
    }
  }
}
