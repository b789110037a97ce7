import type { Person } from '@vera/accounts/portal-ticket';
import type { Errand, MemoryWish } from '@vera/protocol/errand';
import type { Log } from '@vera/service-kit/log';
import type { PeoplesMemory } from '../memory/create-memory.ts';
import type { Forgotten } from '../memory/delete-remembered.ts';
import { codeOf } from '../memory/memory-client.ts';
import { isFollowedEverywhere } from '../memory/standing-request.ts';
import { counted } from '../tools/told-text.ts';
import { type SlackBlock, section } from './block-parts.ts';
import { emptyBlocks, memoryBlocks, memorySizes, things } from './memory-blocks.ts';
import { type MemoryView, memoryPage, readMemoryPlace } from './memory-page.ts';
import { quoted } from './offer-blocks.ts';

export type OwnedMemory = Pick<PeoplesMemory, 'own' | 'choices' | 'offered' | 'placeOf' | 'withhold'>;

export interface MemoryAsked extends Person {
  readonly wish: MemoryWish;
  readonly about?: string | undefined;
  /** What was done already. */
  readonly notice?: string;
}

type Place = keyof typeof memorySizes;

export const memoryDownWords =
  'I could not reach my memory just now, and changed nothing that I do not say here. Please try again in a minute.';

export function isMemoryErrand(errand: Errand): errand is Errand & { readonly wish: MemoryWish } {
  return errand.wish.startsWith('memory');
}

/** Does what somebody wants with what is remembered of them, and gives what they see then. Never rejects. */
export async function memoryAnswer(memory: OwnedMemory, asked: MemoryAsked, place: Place, log: Log): Promise<readonly SlackBlock[]> {
  try {
    return await answered(memory, asked, place);
  } catch (error) {
    log.warn('memory.unreachable', { wish: asked.wish, code: codeOf(error) });
    return [section(memoryDownWords)];
  }
}

async function answered(memory: OwnedMemory, asked: MemoryAsked, place: Place): Promise<readonly SlackBlock[]> {
  const { own, choices } = memory;
  const at = readMemoryPlace(asked.about);
  const list = async (notice = asked.notice, view: MemoryView = at) => {
    const [mementos, { isPaused }] = await Promise.all([Array.fromAsync(own.list(asked)), choices.read(asked)]);
    const { entries, characters } = memorySizes[place];
    return memoryBlocks({ page: memoryPage(mementos, view, entries), total: mementos.length, isPaused, notice }, characters);
  };
  switch (asked.wish) {
    case 'memory':
    case 'memory-export':
      return list();
    case 'memory-search':
      return list(undefined, { page: 0, query: (asked.about ?? '').trim() });
    case 'memory-forget':
      return list(forgottenWords(await own.forget(asked, at.id ?? '')));
    case 'memory-empty':
      if (asked.about !== 'yes') return emptyBlocks((await Array.fromAsync(own.list(asked))).length);
      return list(forgottenWords(await own.forgetAll(asked)));
    case 'memory-pause':
      await own.pause(asked);
      // The list says that it is.
      return list();
    case 'memory-resume':
      await own.resume(asked);
      return list('I remember again, from your next question on.');
    case 'memory-keep':
      return [section(await kept(memory, asked))];
    case 'memory-decline':
      // What was offered is not noted either.
      return [section('I keep nothing of it.')];
  }
}

/** The yes to a standing request: what is kept is what was shown, or nothing. */
async function kept({ own, choices, offered }: OwnedMemory, asked: MemoryAsked): Promise<string> {
  const offer = offered.read(asked.about ?? '', asked);
  if (!offer) return 'That was too long ago, so I keep nothing. Say it again if you still want it.';
  if ((await choices.read(asked)).isPaused)
    return 'Memory is paused, so I keep nothing. Let me remember again first, then say it once more.';
  await own.keep(asked, offer.standing, offer.token);
  return `I remember, from your next question on${isFollowedEverywhere(offer.standing) ? '' : ', in our direct messages'}: ${quoted(offer.standing)}`;
}

/** What is told is what was deleted. */
export function forgottenWords({ mementos, events, left }: Forgotten): string {
  const gone = [
    ...(mementos > 0 ? [things(mementos)] : []),
    ...(events > 0 ? [`${counted(events, 'message', 'messages')} in which you said so`] : []),
  ];
  const rest = left > 0 ? ` ${left} could not be deleted now: try it again later.` : '';
  return `${gone.length === 0 ? 'There was nothing to forget.' : `Forgotten: ${gone.join(' and ')}.`}${rest}`;
}
