import type { PageWorkspace } from '../../page-server/page-state.ts';

/** Somebody who can be mentioned. */
export interface Mentionable {
  readonly id: string;
  readonly realName: string;
  /** What stands after the @: the name, or the handle where two people have one name. */
  readonly typedName: string;
  readonly title?: string;
  readonly isApp: boolean;
}

type Everybody = Pick<PageWorkspace, 'users' | 'botName' | 'botUserId'>;

/** Vera first, then the others in the order of their names. */
export function mentionablesOf({ users, botName, botUserId }: Everybody): readonly Mentionable[] {
  const realNames = [botName, ...users.map(({ realName }) => realName)].map(folded);
  const people = users.map(({ id, name, realName, title, botId }) => ({
    id,
    realName,
    typedName: realNames.filter((other) => other === folded(realName)).length > 1 ? name : realName,
    ...(title === undefined ? {} : { title }),
    isApp: botId !== undefined,
  }));
  const vera = { id: botUserId, realName: botName, typedName: botName, isApp: true };
  return [vera, ...people.sort((one, other) => one.realName.localeCompare(other.realName))];
}

export interface BegunMention {
  /** Where its @ stands. */
  readonly from: number;
  readonly word: string;
}

/** The mention that is being typed before the caret: `@`, and up to four words of a name. */
export function begunMentionOf(text: string, caret: number): BegunMention | undefined {
  const [, word] = /(?:^|[\s(])@([^\s@()]{0,40}(?: [^\s@()]{1,40}){0,3})$/u.exec(text.slice(0, caret)) ?? [];
  return word === undefined ? undefined : { from: caret - word.length - 1, word };
}

const most = 8;

/** Who may be meant by a word: by the name, any part of it, or the handle; members of the channel before the others. */
export function meantBy(word: string, everybody: readonly Mentionable[], members: readonly string[]): readonly Mentionable[] {
  const wanted = folded(word);
  const isMeant = ({ realName, typedName }: Mentionable) =>
    [realName, typedName, ...realName.split(/\s+/)].some((name) => folded(name).startsWith(wanted));
  const [inside, outside] = [true, false].map((isMember) =>
    everybody.filter((one) => isMeant(one) && members.includes(one.id) === isMember),
  );
  return [...(inside ?? []), ...(outside ?? [])].slice(0, most);
}

/** Without case and accents. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
