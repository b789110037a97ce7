import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Condition, Operand, Path, Update } from './parse-expression.ts';

export type Item = Readonly<Record<string, AttributeValue>>;
export type Values = Readonly<Record<string, AttributeValue>>;

/** DynamoDB takes the expression, and finds that it does not fit the item. */
export class ValidationException extends Error {
  override readonly name = 'ValidationException';
}

export function holds(condition: Condition, item: Item, values: Values): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => holds(part, item, values));
    case 'or':
      return condition.parts.some((part) => holds(part, item, values));
    case 'not':
      return !holds(condition.part, item, values);
    case 'exists':
      return at(item, condition.path) !== undefined;
    case 'missing':
      return at(item, condition.path) === undefined;
    case 'begins-with':
      return at(item, condition.path)?.S?.startsWith(operandOf(condition.value, item, values)?.S ?? '\0') ?? false;
    case 'contains':
      return at(item, condition.path)?.L?.some((one) => isDeepStrictEqual(one, operandOf(condition.value, item, values))) ?? false;
    case 'in':
      return condition.among.some((one) => compares('=', operandOf(condition.left, item, values), operandOf(one, item, values)));
    default:
      return compares(condition.kind, operandOf(condition.left, item, values), operandOf(condition.right, item, values));
  }
}

/** All right sides are those of the item as it was. */
export function updated(update: Update, item: Item, values: Values): Item {
  const sets = update.set.map(({ path, to }) => ({ path, to: mustHave(operandOf(to, item, values)) }));
  let result = item;
  for (const { path, to } of sets) result = withAt(result, path, to);
  for (const path of update.remove) result = withAt(result, path, undefined);
  return result;
}

function at(item: Item, [first = '', ...rest]: Path): AttributeValue | undefined {
  let value = item[first];
  for (const name of rest) value = value?.M?.[name];
  return value;
}

function operandOf(operand: Operand, item: Item, values: Values): AttributeValue | undefined {
  switch (operand.kind) {
    case 'path':
      return at(item, operand.path);
    case 'value':
      return values[operand.name];
    case 'zero':
      return { N: '0' };
    case 'size':
      return sizeOf(at(item, operand.path));
    case 'if-not-exists':
      return at(item, operand.path) ?? operandOf(operand.otherwise, item, values);
    case 'list-append':
      return { L: [...listOf(operandOf(operand.list, item, values)), ...listOf(operandOf(operand.more, item, values))] };
    case '+':
    case '-': {
      const [left, right] = [operand.left, operand.right].map((part) => numberOf(operandOf(part, item, values))) as [number, number];
      return { N: String(operand.kind === '+' ? left + right : left - right) };
    }
  }
}

/** Of what is not there nothing is equal, less or more; but it differs. */
function compares(
  kind: '=' | '<>' | '<' | '<=' | '>=' | '>',
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
): boolean {
  if (kind === '<>') return !isEqual(left, right);
  if (left === undefined || right === undefined) return false;
  if (kind === '=') return isEqual(left, right);
  const order = orderOf(left, right);
  if (order === undefined) return false;
  if (kind === '<') return order < 0;
  if (kind === '<=') return order <= 0;
  return kind === '>' ? order > 0 : order >= 0;
}

function isEqual(left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (left?.S !== undefined || right?.S !== undefined) return left?.S === right?.S;
  if (left?.N !== undefined && right?.N !== undefined) return Number(left.N) === Number(right.N);
  return isDeepStrictEqual(left, right);
}

function orderOf(left: AttributeValue, right: AttributeValue): number | undefined {
  if (left.N !== undefined && right.N !== undefined) return Number(left.N) - Number(right.N);
  if (left.S === undefined || right.S === undefined) return undefined;
  return Buffer.compare(Buffer.from(left.S), Buffer.from(right.S));
}

function sizeOf(value: AttributeValue | undefined): AttributeValue | undefined {
  const size = value?.L?.length ?? (value?.M ? Object.keys(value.M).length : value?.S && Buffer.byteLength(value.S));
  return size === undefined ? undefined : { N: String(size) };
}

function listOf(value: AttributeValue | undefined): readonly AttributeValue[] {
  if (!value?.L) throw new ValidationException('An operand is no list');
  return value.L;
}

function numberOf(value: AttributeValue | undefined): number {
  if (value?.N === undefined) throw new ValidationException('An operand is no number');
  return Number(value.N);
}

function mustHave(value: AttributeValue | undefined): AttributeValue {
  if (!value) throw new ValidationException('The provided expression refers to an attribute that does not exist in the item');
  return value;
}

/** A copy with another value there, or without it; what is not on the way is shared. */
function withAt(item: Item, [first = '', ...rest]: Path, value: AttributeValue | undefined): Item {
  if (rest.length === 0) {
    if (value) return { ...item, [first]: value };
    const { [first]: _, ...others } = item;
    return others;
  }
  const inner = item[first];
  if (!inner?.M) throw new ValidationException('The document path provided in the update expression is invalid for update');
  return { ...item, [first]: { M: withAt(inner.M, rest, value) as Record<string, AttributeValue> } };
}
