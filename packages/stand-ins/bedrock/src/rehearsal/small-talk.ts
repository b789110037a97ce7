import { salientWordsOf } from '@vera/stand-in-kit/language/words-of';
import type { Conversation } from './conversation.ts';
import { plainName } from './tool-stems.ts';

const greeting = /^\W*(?:hi|hiya|hello|hey|yo|howdy|good (?:morning|afternoon|evening|day))\b/i;
const thanks = /\b(?:thanks|thank you|thx|cheers|much appreciated)\b/i;
const capabilities =
  /\bwhat (?:can|do) you (?:do|know)(?: here| for (?:me|us))?\W*$|\bhow (?:can|could|do) you (?:help|work)(?: (?:me|us))?\W*$|\b(?:who|what) are you\b|^\W*help\W*$/i;
const fillers = new Set(
  'there all team everyone morning afternoon evening day good lot much great perfect cheers nice worked works helped helpful super awesome fine ok'.split(
    ' ',
  ),
);

/** An answer that needs no tool: to a greeting, to thanks, to "what can you do?". */
export function smallTalk(conversation: Conversation): string | undefined {
  const { question, name, speaker } = conversation;
  const words = salientWordsOf(question).filter((word) => !fillers.has(word) && word !== name.toLowerCase());
  const dear = speaker ? `, ${speaker.split(' ')[0]}` : '';
  if (capabilities.test(question)) return abilities(conversation);
  if (words.length > 0) return undefined;
  if (thanks.test(question)) return `You are welcome${dear}!`;
  if (greeting.test(question) || question === '') return `Hello${dear}! ${abilities(conversation)}`;
  return undefined;
}

function abilities({ name, tools }: Conversation): string {
  const honest = `I am ${name}'s rehearsal model: I run on this machine without a real language model, so I look things up and quote them.`;
  if (tools.length === 0) return `${honest} I have no tools at hand right now.`;
  const systems = Map.groupBy(tools, ({ name, description }) =>
    name.includes('___') ? /^(\w[\w ]{1,30}): /.exec(description ?? '')?.[1] : undefined,
  );
  const own = systems.get(undefined) ?? [];
  const list = [
    ...own.map((tool) => `- **${plainName(tool)}**: ${firstSentence(tool.description)}`),
    ...[...systems].flatMap(([system, some]) => (system === undefined ? [] : [`- **${system}**: ${some.map(plainName).join(', ')}`])),
  ];
  return [honest, 'What I can use:', list.join('\n'), 'Ask me something, and follow up in the same thread.'].join('\n\n');
}

function firstSentence(description = 'no description'): string {
  return /^.*?[.!?](?=\s|$)/s.exec(description)?.[0].replace(/\s+/g, ' ') ?? description;
}
