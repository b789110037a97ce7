import { homeLinkActionId } from '@vera/protocol/errand';
import { shorten, textLimits } from '@vera/protocol/shorten';
import type { Connection } from '../accounts/account-desk.ts';
import { connectLinkButton } from '../accounts/connect-link-blocks.ts';
import { context, type SlackBlock, section } from '../own-memory/block-parts.ts';
import { type Abilities, abilityLines } from './abilities.ts';
import { accountLines, keptWords } from './account-words.ts';
import { allPrompts } from './suggested-prompts.ts';

export interface HomeFacts {
  readonly companyName: string;
  readonly abilities: Abilities;
  readonly connections: readonly Connection[] | 'none' | undefined;
  /** To this person's accounts: shown once it was asked for, and gone the next time the tab is opened. */
  readonly link: string | undefined;
  /** What they have used today; undefined: that cannot be told just now. */
  readonly day: string | undefined;
  /** What is remembered of them; undefined: nothing is of anybody. */
  readonly memory?: readonly SlackBlock[] | undefined;
}

/** Longest text of a header: https://docs.slack.dev/reference/block-kit/blocks/header-block */
const longestHeader = 150;

/** The home tab of one person. */
export function homeView({ companyName, abilities, connections, link, day, memory }: HomeFacts) {
  return {
    type: 'home',
    blocks: [
      header(`Vera at ${companyName}`),
      section(abilityLines(abilities).join('\n')),
      header('For instance'),
      section(
        allPrompts({ abilities, connections })
          .map(({ message }) => `• ${message}`)
          .join('\n'),
      ),
      header('Your accounts'),
      section(linesWithin(textLimits.textObject, accountLines(connections))),
      ...(connections === 'none' ? [] : [accountButton(link)]),
      ...(day === undefined ? [] : [header('Your day'), section(day)]),
      ...(memory ? [header('What I remember of you'), ...memory] : []),
      context(`Your questions are ${keptWords} My command with \`forget\` says all that I keep of you, and how it goes away.`),
    ],
  };
}

/** The home tab of somebody whom Vera does not answer. */
export function outsiderView(companyName: string, words: string, memory: readonly SlackBlock[]) {
  const kept = memory.length === 0 ? [] : [header('What I remember of you'), ...memory];
  return { type: 'home', blocks: [header(`Vera at ${companyName}`), section(words), ...kept] };
}

function accountButton(link: string | undefined) {
  if (link !== undefined) {
    const words = 'Your private link works once, for ten minutes. There you connect and disconnect your accounts.';
    return { ...section(words), accessory: connectLinkButton(link) };
  }
  const text = { type: 'plain_text', text: 'Connect or disconnect accounts' };
  return { type: 'actions', elements: [{ type: 'button', action_id: homeLinkActionId, text }] };
}

function header(text: string) {
  return { type: 'header', text: { type: 'plain_text', text: shorten(text, longestHeader) } };
}

/** As many as Slack takes in one text, and how many more there are. */
function linesWithin(room: number, lines: readonly string[]): string {
  const left = (count: number) => (count === 0 ? [] : [`… and ${count} more`]);
  for (let count = lines.length; count > 0; count -= 1) {
    const text = [...lines.slice(0, count), ...left(lines.length - count)].join('\n');
    if (text.length <= room) return text;
  }
  return left(lines.length).join('\n');
}
