import type { Question } from '@vera/protocol/question';
import type { Log } from '@vera/service-kit/log';
import type { SlackCall } from '@vera/slack/slack-calls';
import { isRefusedWith, SlackError } from '@vera/slack/slack-error';
import * as z from 'zod';
import { asksToForgetThis } from '../memory/asks-to-forget-this.ts';
import type { Memento } from '../memory/own-memory.ts';
import { ownWords } from '../memory/own-words.ts';
import { rememberedOwner } from '../memory/recall.ts';
import { saysTheSame } from '../memory/says-the-same.ts';
import { forms, toStandingRequest } from '../memory/standing-request.ts';
import { tellingWords } from '../memory/telling-words.ts';
import { notShownPrivately, privatePlaceOf } from '../reply/private-place.ts';
import type { People } from '../thread/people.ts';
import { asked } from '../thread/spoken.ts';
import { type Tool, ToolFailure, tool } from '../tools/tool.ts';
import { type SlackBlock, section } from './block-parts.ts';
import { forgottenWords, memoryAnswer, memoryDownWords, type OwnedMemory } from './memory-answer.ts';
import { emptyBlocks, memoryBlocks, memorySizes } from './memory-blocks.ts';
import { memoryPage } from './memory-page.ts';
import { offerBlocks } from './offer-blocks.ts';

export interface MemoryToolParams {
  readonly memory?: OwnedMemory | undefined;
  readonly call: SlackCall;
  readonly people: Pick<People, 'name'>;
}

interface Asking {
  readonly question: Question;
  readonly log: Log;
}

/**
 * By which the model reaches what is remembered of the asker, of nobody else: none takes a name, a place or an id, and each shows the asker
 * alone what it found or did. The model learns no more than that, so that nothing of it stands in a channel. Made for each question.
 */
export function memoryTools({ memory, call, people }: MemoryToolParams, { question, log }: Asking): readonly Tool[] {
  if (!memory || !rememberedOwner(question) || question.shortcut) return [];
  const show = async (text: string, blocks: readonly SlackBlock[] = [section(text)]) => {
    try {
      await call('chat.postEphemeral', { ...privatePlaceOf(question), text, blocks }, { repeatable: true, patience: 5_000 });
    } catch (cause) {
      if (!(cause instanceof SlackError)) throw cause;
      const why = isRefusedWith(cause, notShownPrivately) ? 'Slack cannot show a private message here' : 'Slack did not take it just now';
      throw new ToolFailure(`It could not be shown: ${why}. My home tab shows it, and my command with the word memory.`, { cause });
    }
  };
  const own = async () => ownWords(asked(question), question.botUserId, people);
  const parts = { memory, question, log, show, own };
  return [showMemories(parts), forgetMemory(parts), remember(parts), pauseMemory(parts)];
}

interface Parts {
  readonly memory: OwnedMemory;
  readonly question: Question;
  readonly log: Log;
  /** To the asker alone. */
  readonly show: (text: string, blocks?: readonly SlackBlock[]) => Promise<void>;
  /** What the asker said in this question, in their own words. */
  readonly own: () => Promise<string>;
}

/** A question in which one of these is called is not noted, also where the call itself is refused. */
export const unnotingTools: ReadonlySet<string> = new Set(['forget_memory', 'pause_memory']);

const listTitle = 'What I remember of you';

const showMemories = ({ memory, question, log, show }: Parts) =>
  tool({
    name: 'show_memories',
    title: 'Looking up what I remember of you',
    description:
      'Shows the person who asks, privately, all that is remembered of them, with buttons to search, forget, pause and export. Call it when ' +
      'they ask what you know or remember about them. You do not see the list: say that it was sent to them privately.',
    inputSchema: z.object({}),
    saysOwnWords: true,
    recovery: 'repeatable',
    callback: async () => {
      await show(listTitle, await memoryAnswer(memory, { ...question, wish: 'memory', about: undefined }, 'message', log));
      return 'The list was sent to them privately; nobody else sees it.';
    },
  });

const privately = 'They were told privately what was forgotten, or asked which one they mean. Say no more about what it is.';

const forgetMemory = ({ memory, question, show, own }: Parts) =>
  tool({
    name: 'forget_memory',
    title: 'Forgetting',
    description:
      'Forgets something that is remembered of the person who asks, or all of it, when they ask for that. They are told privately what was ' +
      'forgotten; where several things are meant, or all, they are asked first.',
    inputSchema: z.object({
      what: z
        .string()
        .min(1)
        .optional()
        .describe('What is to be forgotten, in the words of the person who asks. Left out with everything.'),
      everything: z.boolean().optional().describe('True to forget all that is remembered of them.'),
    }),
    saysOwnWords: true,
    recovery: 'repeatable',
    callback: async ({ what = '', everything = false }) => {
      // Whatever the words: of them nothing is noted, in a later turn neither.
      await memory.own.leaveUnnoted(question).catch((cause: unknown) => {
        throw new ToolFailure(memoryDownWords, { cause });
      });
      if (!everything && what.trim() === '') throw new ToolFailure('Say what is to be forgotten.');
      try {
        const remembered = await Array.fromAsync(memory.own.list(question));
        if (everything) await show('Forget everything?', emptyBlocks(remembered.length));
        else await forget({ memory, question, show, own }, what, remembered);
      } catch (cause) {
        if (cause instanceof ToolFailure) throw cause;
        throw new ToolFailure(memoryDownWords, { cause });
      }
      return privately;
    },
  });

/** At once only what the asker asks for in this question, in words of theirs, and where no two things can be meant. */
async function forget({ memory, question, show, own }: Omit<Parts, 'log'>, what: string, remembered: readonly Memento[]): Promise<void> {
  const meant = memory.own.saying(remembered, what);
  const said = await own();
  const isTheirs = asksToForgetThis(said, what);
  const isSure = meant.every((memento) => saysTheSame(what, memento.standing?.text ?? memento.text));
  const [one, ...others] = meant.length > 0 ? meant : remembered.filter(({ text }) => hasWordOf(text, what));
  if (isTheirs && (one ? meant.length > 0 && isSure : true))
    return show(forgottenWords(await (one ? memory.own.forget(question, one.id) : memory.own.forgetSaid(question, what))));
  if (!one) return show('I remember nothing that says so.');
  const { isPaused } = await memory.choices.read(question);
  const { entries, characters } = memorySizes.message;
  const page = memoryPage([one, ...others], { page: 0, query: '' }, entries);
  return show(
    'Which one?',
    memoryBlocks({ page, total: remembered.length, isPaused, notice: 'Which of these shall I forget?' }, characters),
  );
}

function hasWordOf(text: string, what: string): boolean {
  const words = tellingWords(what);
  return [...tellingWords(text)].some((word) => words.has(word));
}

const mostOffers = 3;

const remember = ({ memory, question, show, own }: Parts) => {
  let offers = 0;
  return tool({
    name: 'remember',
    title: 'Asking whether to remember',
    description:
      'Offers the person who asks to keep a standing request of theirs for all their questions: how they want answers (preference), or what ' +
      'to do when they ask for something by name (procedure). They see the words privately and say yes or no; nothing is kept before. Call ' +
      'it only for what they themselves say in this question, word for word. What they tell of themselves and their work needs no call: it ' +
      'is noted from their own words after the answer.',
    inputSchema: z.object({
      kind: z.enum(['preference', 'procedure']),
      name: z.string().min(1).optional().describe('Of a procedure: by what they will ask for it, in their words, such as “standup notes”.'),
      text: z.string().min(1).describe('The request, word for word as they said it, such as “answer me in bullet points”.'),
      form: z
        .enum(forms)
        .optional()
        .describe('Of a preference that says how answers look, and nothing else: what of it. It is followed in channels, too.'),
    }),
    saysOwnWords: true,
    recovery: 'repeatable',
    callback: async ({ kind, name, text, form }) => {
      const said = await own();
      if (![text, ...(kind === 'procedure' ? [name ?? ''] : [])].every((part) => isSaidIn(part, said)))
        throw new ToolFailure('Nothing was offered: only what the person who asks says in this question can be kept, word for word.');
      const [{ isPaused }, { learned: place }] = await Promise.all([
        memory.choices.read(question),
        memory.placeOf(question),
        Array.fromAsync(memory.own.list(question)),
      ]).catch(notNow);
      if (isPaused) throw new ToolFailure('Nothing was offered: they paused memory. Say that it is off; promise nothing.');
      if (offers >= mostOffers) throw new ToolFailure('Nothing was offered: three offers are enough for one question.');
      offers += 1;
      const standing = toStandingRequest(kind === 'procedure' ? { kind, name: name ?? '', text, place } : { kind, text, place, form });
      await memory.withhold(question, standing.text).catch(notNow);
      await show('Shall I remember this?', offerBlocks(standing, memory.offered.valueOf(question, standing, question.id)));
      return 'They were asked privately. It is kept only if they say yes there: do not say that it is remembered.';
    },
  });
};

const pauseMemory = ({ memory, question, log, show }: Parts) =>
  tool({
    name: 'pause_memory',
    title: 'Pausing memory',
    description:
      'Pauses all remembering of the person who asks, at once, when they ask you to stop remembering. With resume they are asked ' +
      'privately to switch it on again. They are told privately.',
    inputSchema: z.object({ resume: z.boolean().optional().describe('True when they want you to remember again.') }),
    saysOwnWords: true,
    recovery: 'repeatable',
    callback: async ({ resume = false }) => {
      await show(
        listTitle,
        await memoryAnswer(memory, { ...question, wish: resume ? 'memory' : 'memory-pause', about: undefined }, 'message', log),
      );
      if (resume) return 'They were sent a button that switches it on again; it stays off until they press it.';
      return 'They were told privately how memory stands now.';
    },
  });

/** What cannot be kept is not offered. */
function notNow(cause: unknown): never {
  throw new ToolFailure('Nothing was offered: memory is off now. Say so; promise nothing.', { cause });
}

/** Whether a text is, word for word, part of what somebody said; capitals, blanks, kinds of quotation marks and a last full stop apart. */
function isSaidIn(text: string, said: string): boolean {
  const part = plain(text).replace(/[.!。]+$/u, '');
  return /[\p{L}\p{N}]/u.test(part) && plain(said).includes(part);
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/\s+/gu, ' ')
    .trim();
}
