import { outsiderWords } from '@vera/slack/outsider-words';
import { type Abilities, abilityLines } from './abilities.ts';

/** Said once to a person, in their direct messages. */
export function welcomeWords(companyName: string, abilities: Abilities): string {
  return [
    `Hello, I am Vera, and I answer questions at ${companyName}. Write to me here as to a colleague.`,
    ...abilityLines(abilities),
    'All of this stands in my _Home_, too.',
  ].join('\n');
}

/** Said once in a channel that Vera was added to. Where another company reads along, there is one thing to say. */
export function channelWelcome(isOurs: boolean): string {
  if (!isOurs) return `Hello, I am Vera. ${outsiderWords}`;
  return [
    'Hello, I am Vera. Mention me to ask something: I answer in a thread, and say where I read it.',
    'I join in only where I am named, or where you write on below my answer. My _Home_ says what I can do here.',
  ].join('\n');
}
