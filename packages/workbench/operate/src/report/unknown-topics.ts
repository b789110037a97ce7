import type { QuestionRecord } from '@vera/ledger/ledger';
import { withoutAnySecret } from '@vera/service-kit/secret-texts';

/** A call of a tool, as the worker logs it. */
export interface ToolCall {
  readonly question: string;
  readonly tool: string;
  readonly isError: boolean;
  readonly milliseconds: number;
  /** How many documents it read. */
  readonly read: number;
}

/** Questions that were answered with no source, alike in where they were asked and where Vera looked. */
export interface UnknownTopic {
  readonly channel: string;
  /** None: she looked nowhere. */
  readonly tools: readonly string[];
  readonly questions: number;
  /** Of whom said that such an answer is bad. */
  readonly bad: number;
  /** What was asked, where whoever asks for the report may read it. */
  readonly texts?: readonly string[];
}

/** Searches, which end well where they find nothing, and read what lies nearest: only what stands under the answer counts. */
const searches = new Set(['search_knowledge_base', 'read_slack']);
/** What they tell is no source of an answer. */
const noSources = new Set([
  ...['calculate', 'current_time', 'draw_chart', 'connect_accounts', 'use_tool', 'delegate', 'delegate_rows'],
  ...['show_memories', 'forget_memory', 'remember', 'pause_memory'],
]);

const mostTexts = 5;

export interface Looked {
  readonly calls: readonly ToolCall[];
  /** How many documents stood under the answer, by question, where that was told. */
  readonly cited: ReadonlyMap<string, number>;
  /** Questions of which lines were found. */
  readonly logged: ReadonlySet<string>;
}

/** Most asked first. A question whose calls are in no log that was read is left out: nobody knows what it was answered from. */
export function unknownTopics(records: readonly QuestionRecord[], { calls, cited, logged }: Looked, withText: boolean): UnknownTopic[] {
  const byQuestion = Map.groupBy(calls, ({ question }) => question);
  const without = records.flatMap((record) => {
    const own = byQuestion.get(record.question.id) ?? [];
    const under = cited.get(record.question.id);
    // A version that did not tell it told what was read.
    const isCited = under === undefined ? own.some(({ read }) => read > 0) : under > 0;
    if (record.state !== 'answered' || !logged.has(record.question.id) || isCited || own.some(isSource)) return [];
    const tools = [...new Set(own.map(({ tool }) => tool))].filter((tool) => !noSources.has(tool)).sort();
    return [{ record, tools, place: placeOf(record) }];
  });
  const groups = Map.groupBy(without, ({ place, tools }) => JSON.stringify([place, tools]));
  return [...groups.values()]
    .flatMap((alike) => {
      const [first] = alike;
      if (!first) return [];
      const bad = alike.filter(({ record }) => Object.values(record.feedback).includes('bad')).length;
      const texts = withText
        ? { texts: [...new Set(alike.map(({ record }) => withoutAnySecret(record.question.text)))].slice(-mostTexts) }
        : {};
      return [{ channel: first.place, tools: first.tools, questions: alike.length, bad, ...texts }];
    })
    .sort((one, other) => other.questions - one.questions || other.bad - one.bad);
}

function isSource({ tool, isError }: ToolCall): boolean {
  return !isError && !searches.has(tool) && !noSources.has(tool);
}

/** Direct messages are one place: who asked there is nobody's to see here. */
export function placeOf({ question }: QuestionRecord): string {
  return question.isDirect ? directMessages : question.channelId;
}

export const directMessages = 'direct messages';
