import { wordsOf } from '@vera/stand-in-kit/language/words-of';
import type { SystemBlock } from '../runtime/converse-request.ts';
import { type Conversation, hasTool } from './conversation.ts';
import { failureOf } from './rows.ts';
import type { Call } from './scene.ts';

export interface MemoryTalk {
  readonly text: string;
  readonly calls: readonly Call[];
}

interface Wish {
  readonly asked: RegExp;
  readonly call: (named: Readonly<Record<string, string>>) => Call;
  readonly told: string;
}

const please = '(?:please,? |from now on,? |always |remember(?: that)?:? )*';
/** What says that it is to be kept, and is no part of what is kept. */
const keepIt =
  '[.!]*(?:[,;]?\\s*(?:and\\s+)?(?:please,? )?(?:remember|keep|note|save|store) (?:that|this|it)(?:,? please| for me| in mind)*[.!]*)?';
const form = `(?<text>answer me in bullet points|sign your answers with .{1,60}?)`;

/** What is said of one's memory, and the tool of Vera's that it takes. */
const wishes: readonly Wish[] = [
  {
    asked: /^what do you (?:know|remember) (?:about|of) me\b/i,
    call: () => ({ name: 'show_memories', input: {} }),
    told: 'I sent you the list. Only you can see it.',
  },
  {
    asked: /^(?:please,? )?forget everything\b/i,
    call: () => ({ name: 'forget_memory', input: { everything: true } }),
    told: 'I asked you privately whether you really mean all of it.',
  },
  {
    asked: /^(?:please,? )?forget (?:that )?(?<what>[^.!?]+)/i,
    call: ({ what = '' }) => ({ name: 'forget_memory', input: { what } }),
    told: 'I told you privately what came of it.',
  },
  {
    asked: /^(?:please,? )?(?:stop remembering|pause (?:your |my )?memory)\b/i,
    call: () => ({ name: 'pause_memory', input: {} }),
    told: 'Memory is paused. I told you privately how to go on.',
  },
  {
    asked:
      /^(?:please,? )?(?:(?:start|begin|go on) remembering|remember(?: things| me)? again|(?:resume|unpause|switch on) (?:your |my )?memory)\b/i,
    call: () => ({ name: 'pause_memory', input: { resume: true } }),
    told: 'I remember again once you press the button that I sent you privately. It is in my home tab, too.',
  },
  {
    asked: new RegExp(`^${please}${form}${keepIt}$`, 'i'),
    call: ({ text = '' }) => ({ name: 'remember', input: { kind: 'preference', text, form: 'format' } }),
    told: 'I asked you privately whether to remember that. It is kept only if you say yes there.',
  },
  {
    asked: new RegExp(`^${please}when i ask for [“"]?(?<name>[^,“”"]{1,60})[”"]?,\\s*(?<text>[^\\n]{3,300}?)${keepIt}$`, 'i'),
    call: ({ name = '', text = '' }) => ({ name: 'remember', input: { kind: 'procedure', name, text } }),
    told: 'I asked you privately whether to remember that. It is kept only if you say yes there.',
  },
];

/** Undefined where the question is about something else, or Vera has no memory here. */
export function memoryTalk(conversation: Conversation): MemoryTalk | undefined {
  const { question, outcomes } = conversation;
  for (const { asked, call, told } of wishes) {
    const match = asked.exec(question.trim());
    if (!match) continue;
    const wanted = call(match.groups ?? {});
    if (!hasTool(conversation, wanted.name)) return undefined;
    const outcome = outcomes.find(({ name }) => name === wanted.name);
    if (!outcome) return { text: '', calls: [wanted] };
    return { text: failureOf(outcome) ?? told, calls: [] };
  }
  return undefined;
}

/** Obeys the asker's standing requests of form, as far as code can: those that `form` names. */
export function inForm(text: string, system: readonly SystemBlock[] = []): string {
  const standing = standingIn(system);
  const signature = /^- sign your answers with (.+)$/im.exec(standing)?.[1];
  const shaped = /^- answer me in bullet points/im.test(standing)
    ? text
        .split(/\n{2,}/)
        .map(inBullets)
        .join('\n')
    : text;
  return signature === undefined ? shaped : `${shaped}\n\n${signature.trim().replace(/[.!]+$/, '')}`;
}

/** The procedure that is asked for by its name, and what it says: its words take the place of the question. */
export function procedureFor(
  question: string,
  system: readonly SystemBlock[] = [],
): { readonly name: string; readonly text: string } | undefined {
  const procedures = standingIn(system).matchAll(/^- When I ask for “(?<name>.+?)”: (?<text>.+)$/gm);
  const said = ` ${wordsOf(question).join(' ')} `;
  const found = [...procedures].find(({ groups }) => said.includes(` ${wordsOf(groups?.name ?? '').join(' ')} `));
  return found?.groups && { name: found.groups.name ?? '', text: found.groups.text ?? '' };
}

function standingIn(system: readonly SystemBlock[]): string {
  const prompt = system.map((block) => block.text ?? '').join('\n');
  return /^The person who asks made these standing requests[^\n]*\n(?<requests>(?:- .*(?:\n|$))+)/m.exec(prompt)?.groups?.requests ?? '';
}

/** What is a list, a table, a quotation or code already stays it. */
function inBullets(paragraph: string): string {
  return /^\s*(?:[-*>|#]|\d+\.|```)/.test(paragraph) ? paragraph : paragraph.replace(/\n/g, ' ').replace(/^/, '- ');
}
