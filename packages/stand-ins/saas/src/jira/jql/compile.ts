import { matchesWords } from '../../query-language/matches-words.ts';
import { type Clause, type Condition, type Operand, QueryMeaningError, toTest } from '../../query-language/query.ts';
import type { JiraIssue } from '../jira-state.ts';
import type { JqlContext, JqlField, JqlValue } from './jql-field.ts';
import { jqlFields } from './jql-fields.ts';

type Test = (issue: JiraIssue) => boolean;

/** A condition as a test of issues. Throws a `QueryMeaningError`. */
export function compile(condition: Condition, context: JqlContext): Test {
  return toTest(condition, (clause) => compileClause(clause, context));
}

export function jqlFieldOf(name: string): JqlField {
  const field = jqlFields.find(({ names }) => names.includes(name.toLowerCase()));
  if (!field) throw new QueryMeaningError(`Field '${name}' does not exist or you do not have permission to view it.`);
  return field;
}

function compileClause({ field: name, operator, operand }: Clause, context: JqlContext): Test {
  const field = jqlFieldOf(name);
  if (!field.operators.includes(operator))
    throw new QueryMeaningError(`The operator '${operator}' is not supported by the '${name}' field.`);
  const isLack =
    operand.kind === 'empty' || (operand.kind === 'value' && operand.text.toLowerCase() === 'unresolved' && name === 'resolution');
  if (operator === 'is' || operator === 'is not' || isLack) {
    if (!isLack) throw new QueryMeaningError(`The operator '${operator}' only supports the value EMPTY or NULL for the field '${name}'.`);
    const wantsEmpty = operator === 'is' || operator === '=' || operator === 'in';
    return (issue) => (field.read(issue, context).length === 0) === wantsEmpty;
  }
  const wanted = valuesOf(operand, field, name, context);
  return comparison({ field, operator, wanted, context });
}

function valuesOf(operand: Operand, field: JqlField, name: string, context: JqlContext): readonly JqlValue[] {
  switch (operand.kind) {
    case 'empty':
      return [];
    case 'list':
      return operand.items.flatMap((item) => valuesOf(item, field, name, context));
    case 'function': {
      const values = field.call?.(operand.name, operand.args, context);
      if (!values) throw new QueryMeaningError(`Unable to find JQL function '${operand.name}(${operand.args.join(', ')})'.`);
      return values;
    }
    case 'value': {
      const value = field.resolve(operand.text, context);
      if (value === undefined) {
        throw new QueryMeaningError(
          field.refusal?.(operand.text, name) ?? `The value '${operand.text}' does not exist for the field '${name}'.`,
        );
      }
      return [value];
    }
  }
}

interface ComparisonParts {
  readonly field: JqlField;
  readonly operator: Clause['operator'];
  readonly wanted: readonly JqlValue[];
  readonly context: JqlContext;
}

/** What is empty is never unlike something: `assignee != x` leaves out what nobody has, as Jira does. */
function comparison({ field, operator, wanted, context }: ComparisonParts): Test {
  const [first = ''] = wanted;
  const values = (issue: JiraIssue) => field.read(issue, context);
  switch (operator) {
    case '~':
      return (issue) => values(issue).some((value) => matchesWords(String(value), String(first)));
    case '!~':
      return (issue) => values(issue).length > 0 && !values(issue).some((value) => matchesWords(String(value), String(first)));
    case '!=':
    case 'not in':
      return (issue) => values(issue).length > 0 && !values(issue).some((value) => wanted.includes(value));
    case '<':
      return (issue) => values(issue).some((value) => compared(value, first) < 0);
    case '<=':
      return (issue) => values(issue).some((value) => compared(value, first) <= 0);
    case '>':
      return (issue) => values(issue).some((value) => compared(value, first) > 0);
    case '>=':
      return (issue) => values(issue).some((value) => compared(value, first) >= 0);
    default:
      return (issue) => values(issue).some((value) => wanted.includes(value));
  }
}

/** Keys by their number: PAY-99 before PAY-100. */
export function compared(one: JqlValue, other: JqlValue): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other), 'en', { numeric: true });
}
