import { columns } from '../columns.ts';
import { told } from '../told.ts';
import type { Spent } from './spent.ts';

export function tellSpent({ from, until, days, total, runtime, by, notes }: Spent): string {
  const amounts = ({ questions, tokens, dollars }: Spent['total']) => [String(questions), tokens.toLocaleString('en'), told(dollars, 4)];
  const ofDay = days.map(({ day, isWhole, runtimeDollars, ...models }) => [
    day,
    ...amounts(models),
    runtimeDollars === undefined ? '?' : told(runtimeDollars, 4),
    isWhole ? '' : 'not complete',
  ]);
  const sum = ['together', ...amounts(total), runtime ? told(runtime.dollars, 4) : '?', ''];
  const isOne = days.length === 1;
  const whole = runtime ? [`Models and AgentCore together: ${told(total.dollars + runtime.dollars, 4)}.`] : [];
  return `${from} to ${until}

${columns([['', 'questions', 'tokens', 'models', 'AgentCore', ''], ...ofDay, ...(isOne ? [] : [sum])])}
${by === undefined ? '' : `\n${columns([['models alone', 'questions', 'tokens', 'models', ''], ...by.map((each) => [each.who, ...amounts(each), ''])])}\n`}
${[...whole, ...notes].join('\n')}
`;
}
