/** Points in time of a metric, newest first; nothing where it has no data. */
export type Points = readonly (number | undefined)[];

/**
 * CloudWatch's metric maths, as far as alarms here use it: numbers, metrics, comparisons, `IF`. Where a part has no data, the whole has none.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html. Throws for what it does not know.
 */
export function evaluate(expression: string, metrics: Readonly<Record<string, Points>>, length: number): Points {
  const tokens = expression.match(/[A-Za-z_]\w*|\d+(?:\.\d+)?|[<>=!]=|\S/g) ?? [];
  const unknown = (token: string) => new Error(`'${expression}' is no metric maths known here, because of '${token}'`);
  const expect = (token: string) => {
    if (tokens.shift() !== token) throw unknown(token);
  };

  const level = (operators: Readonly<Record<string, Operator>>, part: () => Points) => () => {
    let left = part();
    for (;;) {
      const operator = operators[tokens[0] ?? ''];
      if (!operator) return left;
      tokens.shift();
      left = combined(operator, left, part());
    }
  };
  const whole = level(comparisons, level(sums, level(products, atom)));

  function atom(): Points {
    const token = tokens.shift() ?? '';
    if (/^\d/.test(token)) return Array.from({ length }, () => Number(token));
    if (token === 'IF') return chosen();
    if (token === '(') return before(')');
    const points = metrics[token];
    if (!points) throw unknown(token);
    return points;
  }

  function chosen(): Points {
    expect('(');
    const [condition, then, otherwise] = [before(','), before(','), before(')')];
    return condition.map((value, at) => (value === undefined ? value : (value === 0 ? otherwise : then)[at]));
  }

  function before(token: string): Points {
    const points = whole();
    expect(token);
    return points;
  }

  const result = whole();
  if (tokens[0] !== undefined) throw unknown(tokens[0]);
  return result;
}

type Operator = (left: number, right: number) => number;

const comparisons: Readonly<Record<string, Operator>> = {
  '<': (left, right) => Number(left < right),
  '>': (left, right) => Number(left > right),
  '<=': (left, right) => Number(left <= right),
  '>=': (left, right) => Number(left >= right),
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
};
const sums: Readonly<Record<string, Operator>> = { '+': (left, right) => left + right, '-': (left, right) => left - right };
const products: Readonly<Record<string, Operator>> = { '*': (left, right) => left * right, '/': (left, right) => left / right };

function combined(operator: Operator, left: Points, right: Points): Points {
  return left.map((value, at) => {
    const other = right[at];
    return value === undefined || other === undefined ? undefined : operator(value, other);
  });
}
