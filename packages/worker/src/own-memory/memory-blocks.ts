import { memoryActionId } from '@vera/protocol/errand';
import { escapeText } from '@vera/protocol/escape-text';
import { shorten } from '@vera/protocol/shorten';
import type { Memento } from '../memory/own-memory.ts';
import { isFollowedEverywhere } from '../memory/standing-request.ts';
import { counted } from '../tools/told-text.ts';
import { button, context, type Element, type SlackBlock, section } from './block-parts.ts';
import { longestMemoryQuery, type MemoryPage, memoryPlaceValue } from './memory-page.ts';

/** How much of what is remembered is shown at once. Slack takes 100 blocks and 250 kB in a home tab, some 13,000 characters in a message. */
export const memorySizes = {
  home: { entries: 20, characters: 1_500 },
  message: { entries: 6, characters: 700 },
} as const;

export interface MemoryFacts {
  readonly page: MemoryPage;
  /** Of all that is remembered. */
  readonly total: number;
  readonly isPaused: boolean;
  /** What was just done. */
  readonly notice?: string | undefined;
}

/** What is remembered of one person, with all they can do about it. */
export function memoryBlocks({ page, total, isPaused, notice }: MemoryFacts, characters: number): readonly SlackBlock[] {
  const { view, shown } = page;
  return [
    ...(notice === undefined ? [] : [section(`*${notice}*`)]),
    section(stateWords(total, isPaused)),
    ...(total === 0 && view.query === '' ? [] : [searchField(view.query), context(whereWords(page))]),
    ...shown.map((memento) => ({ ...section(mementoWords(memento, characters)), accessory: forgetButton(memento, page) })),
    ...turnButtons(page),
    { type: 'actions', elements: manageButtons(total, isPaused) },
  ];
}

function stateWords(total: number, isPaused: boolean): string {
  if (isPaused)
    return `*Memory is paused.* Until you let me remember again I note nothing, and use nothing of the ${things(total)} I have.`;
  if (total === 0) return 'I remember nothing of you. What you tell me may take a minute to appear here.';
  return `I remember ${things(total)} of you. What you tell me may take a minute to appear here.`;
}

export function things(count: number): string {
  return counted(count, 'thing', 'things');
}

function whereWords({ from, shown, found, view }: MemoryPage): string {
  const which = view.query === '' ? '' : ` with “${escapeText(view.query)}”`;
  if (found === 0) return `Nothing${which}.`;
  const more = found - from - shown.length;
  return `${from + 1} to ${from + shown.length} of ${found}${which}${more > 0 ? `, … and ${more} more` : ''}`;
}

/** What it says, and where it came from. */
function mementoWords({ text, since, place, standing }: Memento, characters: number): string {
  const day = new Date(since).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const kind =
    standing === undefined
      ? `a fact, said ${place === 'open' ? 'in a public channel' : 'in private'}`
      : `a ${standing.kind}, to which you said yes${isFollowedEverywhere(standing) ? '' : ', for our direct messages'}`;
  // Slack counts a message’s blocks as JSON, in which a quotation mark is two characters and a control character six.
  const sizeOf = (part: string) => JSON.stringify(escapeText(part)).length - 2;
  return `${escapeText(shorten(text.replace(/[\s\p{Cc}]+/gu, ' ').trim(), characters, { sizeOf }))}\n_${kind}, ${day}_`;
}

function forgetButton({ id }: Memento, { view }: MemoryPage): Element {
  const confirm = asked('Forget this?', 'It goes for good, with the messages it came from.', 'Forget it');
  return { ...button('memory-forget', 'Forget', memoryPlaceValue({ ...view, id })), confirm };
}

function searchField(query: string): SlackBlock {
  const element = {
    type: 'plain_text_input',
    action_id: memoryActionId('memory-search'),
    max_length: longestMemoryQuery,
    dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
    ...(query === '' ? {} : { initial_value: query }),
  };
  return {
    type: 'input',
    dispatch_action: true,
    optional: true,
    label: { type: 'plain_text', text: 'Search what I remember of you' },
    element,
  };
}

function turnButtons({ view, from, isLast }: MemoryPage): readonly SlackBlock[] {
  const to = (page: number) => memoryPlaceValue({ ...view, page });
  const elements = [
    ...(from > 0 ? [button('memory', 'Back', to(view.page - 1), 'back')] : []),
    ...(isLast ? [] : [button('memory', 'More', to(view.page + 1), 'more')]),
    ...(view.query === '' ? [] : [button('memory', 'Show all', memoryPlaceValue({ page: 0, query: '' }), 'all')]),
  ];
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

function manageButtons(total: number, isPaused: boolean): readonly Element[] {
  return [
    isPaused ? button('memory-resume', 'Remember again', 'resume') : button('memory-pause', 'Pause memory', 'pause'),
    button('memory-export', 'Export', 'export'),
    ...(total === 0 ? [] : [{ ...button('memory-empty', 'Forget everything …', 'ask'), style: 'danger' }]),
  ];
}

/** Whether really all of it: the first time of two that this is asked. */
export function emptyBlocks(total: number): readonly SlackBlock[] {
  const confirm = asked('Forget everything?', 'This cannot be undone.', 'Forget everything');
  const yes = { ...button('memory-empty', 'Forget everything', 'yes', 'yes'), style: 'danger', confirm };
  return [
    section(`*This forgets all I remember of you: ${things(total)}, and the messages it came from.* What is said in Slack stays in Slack.`),
    { type: 'actions', elements: [yes, button('memory', 'Keep it', memoryPlaceValue({ page: 0, query: '' }), 'keep')] },
  ];
}

function asked(title: string, text: string, confirm: string): Element {
  const plain = (words: string) => ({ type: 'plain_text', text: words });
  return { title: plain(title), text: plain(text), confirm: plain(confirm), deny: plain('Keep it'), style: 'danger' };
}
