import { dateOf, dateOfFunction, type QueryClock } from '../../query-language/date-of.ts';
import { matchesWords } from '../../query-language/matches-words.ts';
import type { Clause, Condition, Operand, Operator } from '../../query-language/query.ts';
import type { ConfluencePage, ConfluenceState } from '../confluence-state.ts';
import { CqlError } from './cql-error.ts';
import { type CqlField, cqlFieldOf } from './cql-fields.ts';

export interface CqlContext {
  readonly state: ConfluenceState;
  /** Account id of who asks. */
  readonly accountId: string;
  readonly clock: QueryClock;
}

type Test = (page: ConfluencePage) => boolean;

/** A condition as a test of pages. Throws a `CqlError` for what parses and still means nothing. */
export function compileCql(condition: Condition, context: CqlContext): Test {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const tests = condition.parts.map((part) => compileCql(part, context));
      return (page) => (condition.kind === 'and' ? tests.every((test) => test(page)) : tests.some((test) => test(page)));
    }
    case 'not': {
      const test = compileCql(condition.part, context);
      return (page) => !test(page);
    }
    case 'clause':
      return compileClause(condition, context);
  }
}

function compileClause({ field: name, operator, operand }: Clause, context: CqlContext): Test {
  const field = cqlFieldOf(name);
  if (!field.operators.includes(operator)) throw new CqlError(`Unsupported operator '${operator}' for field '${name}'`);
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
      throw new CqlError('null is not a value');
    case 'list':
      return operand.items.flatMap((item) => valuesOf(item, field, context));
    case 'function': {
      if (operand.name.toLowerCase() === 'currentuser') return [context.accountId];
      const date = field.isDate ? dateOfFunction(operand.name, operand.args, context.clock) : undefined;
      if (date === undefined || Number.isNaN(date)) throw new CqlError(`Unknown function ${operand.name}`);
      return [date];
    }
    case 'value': {
      if (!field.isDate)
        return [field.operators.includes('~') && !field.operators.includes('in') ? operand.text : operand.text.toLowerCase()];
      const date = dateOf(operand.text, context.clock);
      if (date === undefined) throw new CqlError(`Invalid date '${operand.text}'`);
      return [date];
    }
  }
}
