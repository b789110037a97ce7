import { markAsData } from '../mark-as-data.ts';
import type { Remembered } from '../memory/remembered.ts';
import { fillPart, type PromptFiles } from './prompt-files.ts';

/**
 * The instructions of a question in two parts: what is the same for all people and places, so that they share one cached prefix, and
 * behind the cache point what belongs to this question alone.
 */
export interface SystemPrompt {
  readonly stable: string;
  readonly situation: string;
}

/** What the instructions need to know of a question. */
export interface PromptFacts {
  readonly askerName: string;
  readonly channelId: string;
  readonly isDirect: boolean;
  /** `off` while it is paused or cannot be reached; left out where there is none. */
  readonly memory?: Remembered | 'off';
  /** What is in the way of tools, such as `PagerDuty could not be reached`. */
  readonly troubles?: readonly string[];
}

export type ToSystemPrompt = (facts: PromptFacts) => SystemPrompt;

export function createSystemPrompt({ parts, company, channels }: PromptFiles, companyName: string): ToSystemPrompt {
  const identity = fillPart(parts.identity, { company: companyName });
  const stable = [identity, parts.voice, parts.tools, parts.formatting, parts['follow-ups'], parts.people, company, parts.trust].join(
    '\n\n',
  );
  return ({ askerName, channelId, isDirect, memory, troubles = [] }) => {
    const rules = channels.get(channelId);
    const situation = [
      fillPart(parts.asker, { asker: askerName, place: isDirect ? 'in a direct message' : 'in a channel thread' }),
      ...(rules === undefined ? [] : [fillPart(parts.channel, { rules })]),
      ...fromMemory(parts, memory),
      ...(troubles.length === 0 ? [] : [fillPart(parts['missing-tools'], { troubles: troubles.join('; ') })]),
    ];
    return { stable, situation: situation.join('\n\n') };
  };
}

/** What was told is information, as anything else that was said before; a standing request is the asker's own word. */
function fromMemory(parts: PromptFiles['parts'], memory: PromptFacts['memory']): string[] {
  if (memory === 'off') return [parts['memory-off']];
  const { standing = [], facts = [] } = memory ?? {};
  return [
    ...(standing.length === 0 ? [] : [fillPart(parts['memory-standing'], { requests: listOf(standing) })]),
    ...(facts.length === 0 ? [] : [fillPart(parts['memory-facts'], { facts: markAsData(listOf(facts), 'your memory') })]),
  ];
}

/** A line each, however they were written: none ends the list it stands in. */
function listOf(texts: readonly string[]): string {
  return texts.map((text) => `- ${text.trim().replace(/\s+/g, ' ')}`).join('\n');
}
