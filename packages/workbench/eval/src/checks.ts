import { dollarsOf } from './dollars-of.ts';
import type { Answer, Check, End, Outcome } from './eval-case.ts';

/** What the last answer says. */
export function says(pattern: RegExp | string): Check {
  return check(`says ${pattern}`, ({ answers }) => unlessFits(textOf(answers.at(-1)), pattern));
}

/** What no answer says, nor a card. */
export function neverSays(pattern: RegExp): Check {
  return check(`never says ${pattern}`, ({ answers, cards }) => {
    const shown = [...answers.flatMap(({ messages }) => messages), ...cards].map((message) => JSON.stringify(message)).join('\n');
    return pattern.test(shown) ? `it is in ${pattern.exec(shown)?.[0]}` : undefined;
  });
}

/** A tool was carried out; `input` fits what it was given, as JSON. */
export function calls(tool: string, input?: RegExp): Check {
  return check(`calls ${tool}${input ? ` with ${input}` : ''}`, (outcome) => {
    const made = outcome.calls.filter((call) => call.tool === tool);
    if (made.some((call) => !input || input.test(JSON.stringify(call.input)))) return undefined;
    return `calls were: ${listed(outcome)}`;
  });
}

/** Nor was it tried. */
export function neverCalls(tool: string | RegExp): Check {
  const fits = (name: string) => (typeof tool === 'string' ? name === tool : tool.test(name));
  return check(`never calls ${tool}`, (outcome) =>
    outcome.calls.some((call) => fits(call.tool)) ? `calls were: ${listed(outcome)}` : undefined,
  );
}

/** A tool did what it is there for. */
export function works(tool: string): Check {
  return check(`${tool} works`, ({ calls: made }) => {
    if (made.some((call) => call.tool === tool && !call.isError)) return undefined;
    return `it says: ${made.findLast((call) => call.tool === tool)?.output ?? 'nothing, for it was not called'}`;
  });
}

/** What came of a call, be it an error, as the model read it. */
export function gets(tool: string, output: RegExp): Check {
  return check(`gets ${output} of ${tool}`, (outcome) => {
    const made = outcome.calls.filter((call) => call.tool === tool);
    return made.some((call) => output.test(call.output))
      ? undefined
      : `it got: ${made.map((call) => call.output.slice(0, 300)).join(' | ') || 'nothing'}`;
  });
}

/** The documents under the last answer, by their titles, in order. */
export function cites(...titles: readonly string[]): Check {
  return check(`cites ${titles.join(', ') || 'nothing'}`, ({ answers }) => {
    const cited = sourcesOf(answers.at(-1));
    return JSON.stringify(cited) === JSON.stringify(titles) ? undefined : `it cites ${cited.join(', ') || 'nothing'}`;
  });
}

/** How often the model was asked. */
export function asks(times: number): Check {
  return check(`asks the model ${times} times`, ({ requests }) =>
    requests.length === times ? undefined : `it asked ${requests.length} times`,
  );
}

/** What stands in a request; the last one, unless told. */
export function reads(pattern: RegExp, at = -1): Check {
  return check(`reads ${pattern}`, ({ requests }) => (pattern.test(JSON.stringify(requests.at(at))) ? undefined : 'it is in none'));
}

/** What stands in no request, from this one on. */
export function neverReads(pattern: RegExp, from = 0): Check {
  return check(`never reads ${pattern}`, ({ requests }) => pattern.exec(JSON.stringify(requests.slice(from)))?.[0]);
}

/** What stands on the newest card. */
export function proposes(pattern: RegExp): Check {
  return check(`proposes ${pattern}`, ({ cards }) => unlessFits(JSON.stringify(cards.at(-1)?.blocks ?? []), pattern));
}

export const proposesNothing: Check = check('proposes nothing', ({ cards }) =>
  cards.length > 0 ? JSON.stringify(cards.at(-1)?.blocks) : undefined,
);

/** Issues in Jira with this summary. */
export function files(summary: string, times = 1): Check {
  return check(`files “${summary}” ${times} times`, ({ world }) => {
    const made = world.services.tools?.jira.issues.filter((issue) => issue.summary === summary).length ?? 0;
    return made === times ? undefined : `there are ${made}`;
  });
}

/** What only this person sees. */
export function tellsPrivately(userId: string, pattern: RegExp): Check {
  return check(`tells ${userId} privately ${pattern}`, ({ world }) => unlessFits(JSON.stringify(world.slack.ephemerals(userId)), pattern));
}

/** At the prices of the model that was asked. */
export function costsAtMost(dollars: number): Check {
  return check(`costs at most ${dollars} $`, ({ usage, requests }) => {
    const cost = dollarsOf(requests[0]?.modelId ?? '', usage);
    return cost !== undefined && cost <= dollars ? undefined : `it costs ${cost ?? 'who knows what'}`;
  });
}

export function check(name: string, complaint: Check['complaint']): Check {
  return { name, complaint };
}

/** The question before the last ended so, too. */
export function ended(at: number, end: End): Check {
  return check(`question ${at} ends ${JSON.stringify(end)}`, ({ answers }) => unlessEnded(answers[at], end));
}

export function unlessEnded(answer: Answer | undefined, end: End): string | undefined {
  if (answer?.state === end.state && (end.state !== 'failed' || answer.reason === end.reason)) return undefined;
  return `it ended ${answer?.state ?? 'never'}${answer?.reason ? ` (${answer.reason})` : ''}: ${answer?.text.slice(0, 300) ?? ''}`;
}

function unlessFits(text: string, pattern: RegExp | string): string | undefined {
  const fits = typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text);
  return fits ? undefined : `it says: ${text.slice(0, 600)}`;
}

function textOf(answer: Answer | undefined): string {
  return answer?.text ?? '';
}

function sourcesOf(answer: Answer | undefined): string[] {
  const texts = (answer?.messages ?? []).flatMap(({ blocks = [] }) => JSON.stringify(blocks).match(/\*Sources\*[^"]*/g) ?? []);
  return texts.flatMap((text) => [...text.matchAll(/\[\d+\] (?:<[^|>]*\|)?([^>\\]+)/g)].map(([, title = '']) => title));
}

function listed({ calls: made }: Outcome): string {
  return made.map(({ tool, input, isError }) => `${tool}(${JSON.stringify(input)})${isError ? ' failed' : ''}`).join(', ') || 'none';
}
