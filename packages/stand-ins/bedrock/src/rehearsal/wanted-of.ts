import { meaningOf } from '@vera/stand-in-kit/language/meaning';
import { meaningsOf } from '@vera/stand-in-kit/language/words-of';
import type { Conversation, ToolOutcome } from './conversation.ts';
import { lookupsFor } from './lookups-for.ts';
import { clausesOf } from './plan-calls.ts';
import { plainName, toolStem, toolStems, toolWordsOf } from './tool-stems.ts';
import type { Wanted } from './word-records.ts';

const now = /\b(?:any\w*|open|ongoing|current(?:ly)?|now|fire|burning|outages?|unresolved)\b/i;
const past = /\b(?:closed|resolved|done|past|last|recent(?:ly)?|history|yesterday|were|was)\b/i;

/** Which of the rows that a tool returned were asked for, by the part of the question that the tool was called for. */
export function wantedOf({ name }: ToolOutcome, conversation: Conversation): Wanted {
  const { question, tools } = conversation;
  const clauses = clausesOf(question);
  const clause = clauses.find((part) => lookupsFor(part, conversation).calls.some((call) => call.name === name)) ?? question;
  const tool = tools.find((other) => other.name === name);
  const known = toolStems(tool ? `${plainName(tool)} ${tool.description ?? ''}` : '');
  const topic = toolWordsOf(clause).filter((word) => !known.has(toolStem(word)) && !/^(?:weeks?|today|tonight|months?|days?)$/.test(word));
  return {
    onlyOpen: now.test(clause) && !past.test(clause),
    isMeant(row) {
      const told = meaningsOf(JSON.stringify(row));
      return topic.length > 0 && topic.some((word) => told.has(meaningOf(word)));
    },
  };
}
