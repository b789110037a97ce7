import { columns } from '../columns.ts';
import { told } from '../told.ts';
import { traffics } from './assumed.ts';
import type { CostedSettings } from './costed-settings.ts';
import { type Estimate, estimateOf, runningOf } from './estimate.ts';
import { daysAMonth } from './other-costs.ts';
import type { Load } from './running-costs.ts';

const names = { v1: 'AgentCore V1', v2: 'AgentCore V2', lambda: 'Lambda' };

export function tellEstimate(estimate: Estimate): string {
  const { load, question, running, runsOn, model, others, dollarsADay } = estimate;
  const share = Math.round(running[runsOn].idleShare * 100);
  const line = (what: string, dollars: number, why: string) => [what, ...sums(dollars), told(dollars / load.questionsADay, 5), why];
  const rows = [
    model.dollarsADay === undefined
      ? [model.id, 'no price of it is known', '', '', '']
      : line('model', model.dollarsADay, `${model.id}, nothing from the cache`),
    line(names[runsOn], running[runsOn].dollars, runsOn === 'lambda' ? 'nothing idles' : `${share} % of it is idle time`),
    ...others.map(({ what, why, dollarsADay: dollars }) => line(what, dollars, why)),
    line('together', dollarsADay, model.dollarsADay === undefined ? 'without the model' : ''),
  ];
  return `${wordsOf(load)}. Assumed of each: ${question.seconds} s, ${question.cpuSeconds} of the processor, ${question.inputTokens.toLocaleString('en')} tokens in, ${question.outputTokens.toLocaleString('en')} out.

${columns([['', 'a day', 'a month', 'a question', ''], ...rows])}

${comparison(estimate)}

Not counted: ${estimate.notCounted.join('; ')}. Prices of ${estimate.pricesAsOf}, us-east-1.
`;
}

function comparison({ running, runsOn, breakEvenIdleSeconds }: Estimate): string {
  const rows = (['v1', 'v2', 'lambda'] as const).map((on) => [
    `${names[on]}${on === runsOn ? ', as set' : ''}`,
    ...sums(running[on].dollars),
    on === 'lambda' ? '' : `${Math.round(running[on].idleShare * 100)} % idle`,
  ]);
  const even = (['v1', 'v2'] as const).map((on) =>
    breakEvenIdleSeconds[on] > 0
      ? `than ${names[on]} where a session idles more than ${Math.round(breakEvenIdleSeconds[on])} s for each question`
      : `than ${names[on]} always`,
  );
  return `${columns([['What runs the worker', 'a day', 'a month', ''], ...rows])}\n\nLambda is cheaper ${even.join(', ')}.`;
}

/** As Markdown, as it stands in docs/cost.md. */
export function runningTable(settings: CostedSettings): string {
  const loads: readonly Load[] = [traffics.few, { ...traffics.dozens, perThread: 1, pause: 0 }, traffics.dozens];
  const rows = loads.map((load) => {
    const running = runningOf(settings, load);
    const [cheapest] = Object.entries(running).sort(([, one], [, other]) => one.dollars - other.dollars)[0] ?? [];
    const cells = (['v1', 'v2', 'lambda'] as const).map((on) => sums(running[on].dollars).join(' a day, '));
    return `| ${wordsOf(load)} | ${cells.map((cell) => `${cell} a month`).join(' | ')} | ${names[cheapest as keyof typeof names]} |`;
  });
  return ['| questions | AgentCore V1 | AgentCore V2 | Lambda | cheapest |', '|---|---|---|---|---|', ...rows].join('\n');
}

/** What a question comes to with both traffics, as Markdown. */
export function eachQuestionTable(settings: CostedSettings): string {
  const both = [traffics.few, traffics.dozens].map((load) => estimateOf(settings, load));
  const whats = [...new Set(both.flatMap(({ others }) => others.map(({ what }) => what)))];
  const row = (what: string, dollars: (estimate: Estimate) => number) =>
    `| ${what} | ${both.map((each) => told(dollars(each) / each.load.questionsADay, 5)).join(' | ')} |`;
  const otherOf = (what: string) => (each: Estimate) => each.others.find((other) => other.what === what)?.dollarsADay ?? 0;
  return [
    `| a question | ${both.map(({ load }) => wordsOf(load)).join(' | ')} |`,
    '|---|---|---|',
    row('model', ({ model }) => model.dollarsADay ?? 0),
    row(both[0] ? names[both[0].runsOn] : '', ({ running, runsOn }) => running[runsOn].dollars),
    ...whats.map((what) => row(what, otherOf(what))),
    row('**together**', ({ dollarsADay }) => dollarsADay),
  ].join('\n');
}

function wordsOf({ questionsADay, perThread, pause }: Load): string {
  return `${questionsADay} a day, ${perThread === 1 ? 'each in a thread of its own' : `${perThread} to a thread, ${pause} s apart`}`;
}

function sums(dollars: number): readonly [string, string] {
  return [told(dollars, 3), told(dollars * daysAMonth, 2)];
}
