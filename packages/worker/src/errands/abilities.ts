import type { Person } from '@vera/accounts/portal-ticket';
import { abilityWords, explainWords } from '@vera/protocol/ability-words';
import { escapeText } from '@vera/protocol/escape-text';
import { shorten, textLimits } from '@vera/protocol/shorten';
import { listed } from '../listed.ts';

/** What Vera has here to answer a person with. */
export interface Abilities {
  /** What people call the systems whose tools are there for this person just now. */
  readonly systems: readonly string[];
  /** What people call the knowledge bases. */
  readonly documents: readonly string[];
  readonly readsSlack: boolean;
  /** Whether anything can be changed, as whoever asked. */
  readonly changes: boolean;
  readonly remembers: boolean;
}

/** Never rejects: a system that cannot be reached is left out. */
export type AbilitiesOf = (person: Person) => Promise<Abilities>;

/** More than anybody reads; the rest is counted. */
const mostNamed = 15;

/** What Vera can do here, a line each, in Slack's mark-up. */
export function abilityLines({ systems, documents, readsSlack, changes, remembers }: Abilities): readonly string[] {
  const all = [...documents, ...(readsSlack ? ['Slack'] : []), ...systems];
  const named = all.slice(0, mostNamed).map((name) => escapeText(shorten(name, textLimits.name)));
  const read = [...named, ...(all.length > mostNamed ? [`${all.length - mostNamed} more`] : [])];
  return [
    '• *Ask me* in a channel that I am in, by my name, or in a direct message: I answer in a thread, and say where I read it.',
    ...(read.length > 0 ? [`• *I look things up* in ${listed(read)}.`] : []),
    '• *Go on* in the thread: just write. Where somebody else wrote in between, say my name.',
    abilityWords.files,
    abilityWords.charts,
    abilityWords.large,
    ...(remembers ? [memoryWords] : []),
    changes
      ? '• *Change something*, such as opening a ticket: I do that only as you, after you approved a card that shows all of it.'
      : '• I change nothing anywhere.',
    abilityWords.stop,
    explainWords('Vera'),
  ];
}

const memoryWords =
  '• *Teach me* in plain words: “from now on, answer in bullet points”, “when I ask for standup notes, say who is on call”, or what you work on. ' +
  '“What do you remember of me?” shows you all of it, and “forget that …” deletes it.';
