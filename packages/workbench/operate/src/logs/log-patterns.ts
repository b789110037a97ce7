/** What log lines are looked for by: all of it has to fit. */
export interface Wanted {
  readonly question?: string;
  /** A message, whether or not it became a question. */
  readonly message?: { readonly channelId: string; readonly messageTs: string };
  readonly thread?: { readonly channelId: string; readonly threadTs: string };
  readonly person?: string;
  /** At least as bad. */
  readonly level?: Level;
}

export const levels = ['debug', 'info', 'warn', 'error'] as const;
export type Level = (typeof levels)[number];

/** As a filter of CloudWatch Logs; undefined where everything fits. */
export function patternOf({ question, message, thread, person, level }: Wanted): string | undefined {
  const conditions = [
    ...(question === undefined ? [] : [is('question', question)]),
    ...(message === undefined ? [] : [is('channel', message.channelId), is('message', message.messageTs)]),
    ...(thread === undefined ? [] : [is('channel', thread.channelId), is('thread', thread.threadTs)]),
    ...(person === undefined ? [] : [is('user', person)]),
    ...levelsFrom(level),
  ];
  return conditions.length === 0 ? undefined : `{ ${conditions.join(' && ')} }`;
}

/** Patterns may be 1,024 characters long. */
const mostIds = 20;

/** Lines about any of these questions. */
export function patternsOf(questions: readonly string[], level?: Level): readonly string[] {
  const parts = Array.from({ length: Math.ceil(questions.length / mostIds) }, (_, at) => questions.slice(at * mostIds, (at + 1) * mostIds));
  return parts.map((ids) => `{ ${[either(ids.map((id) => is('question', id))), ...levelsFrom(level)].join(' && ')} }`);
}

function levelsFrom(level: Level | undefined): string[] {
  return level === undefined || level === 'debug' ? [] : [either(levels.slice(levels.indexOf(level)).map((one) => is('level', one)))];
}

function either(conditions: readonly string[]): string {
  return conditions.length === 1 ? String(conditions[0]) : `(${conditions.join(' || ')})`;
}

function is(field: string, value: string): string {
  return `($.${field} = ${JSON.stringify(value)})`;
}
