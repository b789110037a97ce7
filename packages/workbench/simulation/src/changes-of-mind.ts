import type { Effect } from './fakes/fake-accounts.ts';
import type { Item } from './table/evaluate.ts';

/** A question by the name it began with, however its words were edited. */
export const rootOf = (name: string) => name.slice(0, 2);

/** What a message said from then on, in Slack's time. */
export interface Wording {
  readonly name: string;
  readonly editedTs: string;
  /** When the receiver had it, in true milliseconds; undefined: not yet. */
  readonly takenAt?: number;
}

interface End {
  readonly how: 'stopped' | 'deleted';
  /** True milliseconds. */
  readonly at: number;
  /** What was under way by then, by the name it is done for. */
  readonly begun: ReadonlySet<string>;
}

/** Of `name`, or of what it was taken into. */
export interface Ended extends Pick<End, 'how'> {
  readonly name: string;
  readonly worksOn: string;
}

interface ChangesOfMindParams {
  /** True milliseconds since the run began. */
  readonly now: () => number;
  readonly violate: (what: string) => void;
  /** Whether whoever works on a question can read in the ledger that it, or what was taken into it, came to that end. */
  readonly isOnRecord: (end: Ended) => boolean;
}

/** After so many milliseconds whoever is told to end, and can hear it, has ended. */
export const heeded = 15_000;

/** What people want now, as far as our receiver has told Slack that it has it; and whether what happens is what they want. */
export class ChangesOfMind {
  private readonly wordings = new Map<string, Wording[]>();
  private readonly ends = new Map<string, End>();
  private readonly lastHeard = new Map<string, number>();
  private readonly triedAgain = new Map<string, string>();
  private readonly params: ChangesOfMindParams;

  constructor(params: ChangesOfMindParams) {
    this.params = params;
  }

  /** All that a question ever said, oldest first. */
  wordingsOf(name: string): readonly Wording[] {
    const edited = [...(this.wordings.get(rootOf(name)) ?? [])].sort((one, other) => (one.editedTs < other.editedTs ? -1 : 1));
    return [{ name: rootOf(name), editedTs: '', takenAt: 0 }, ...edited];
  }

  edit(wording: Wording): void {
    this.wordings.set(rootOf(wording.name), [...(this.wordings.get(rootOf(wording.name)) ?? []), wording]);
  }

  /** The receiver has it. */
  takeEdit({ editedTs, name }: Wording): void {
    const { now } = this.params;
    const all = this.wordings.get(rootOf(name)) ?? [];
    this.wordings.set(
      rootOf(name),
      all.map((one) => (one.editedTs === editedTs && one.takenAt === undefined ? { ...one, takenAt: now() } : one)),
    );
  }

  /** The receiver has it. `items`: all that is on record in the ledger; `ts`: when it was stopped. */
  takeEnd(name: string, how: End['how'], items: readonly Item[], ts = '9'): void {
    const isOld = ts < (this.triedAgain.get(rootOf(name)) ?? '');
    if (isOld || this.endOf(name)) return;
    this.ends.set(rootOf(name), { how, at: this.params.now(), begun: new Set(items.flatMap(begunIn)) });
  }

  /** What is tried again is wanted again, but for what is gone. */
  again(name: string, ts: string): void {
    this.triedAgain.set(rootOf(name), ts);
    if (this.endOf(name)?.how === 'stopped') this.ends.delete(rootOf(name));
  }

  endOf(name: string): End | undefined {
    return this.ends.get(rootOf(name));
  }

  /** The model of a question is about to be told what is new. */
  hears(name: string): void {
    this.lastHeard.set(rootOf(name), this.params.now());
  }

  /** When it was told last. */
  heardAt(name: string): number | undefined {
    return this.lastHeard.get(rootOf(name));
  }

  /** The model is asked. */
  asks(name: string): void {
    const end = this.endOf(name);
    if (end && this.params.now() > end.at + heeded)
      this.params.violate(`${name} asks a model long after it was ${end.how}${this.record({ name, worksOn: name, how: end.how })}`);
  }

  /** A yes is put on record. */
  approves(effect: Effect): void {
    const why = this.whyDead(effect);
    if (why) this.params.violate(`a yes to ${effect.name} counts, and ${why}`);
  }

  /** Something is done in the other system. */
  does({ name, told }: Effect): void {
    for (const one of [name, ...told]) {
      const end = this.endOf(one);
      if (!end || end.begun.has(name)) continue;
      const record = this.record({ name: one, worksOn: name, how: end.how });
      this.params.violate(`${one} was ${end.how}, and something is done for it since${record}`);
    }
  }

  /** Then it is the fault of whoever is at work, whatever others forgot. */
  private record(end: Ended): string {
    return this.params.isOnRecord(end) ? ', as is on record' : '';
  }

  /** Why nobody wants any more what was proposed, in what the receiver has told Slack that it has; of each message that it was proposed for. */
  whyDead({ name, told }: Effect): string | undefined {
    return [name, ...told].map((one) => this.whyUnwanted(one, [name, ...told])).find((why) => why !== undefined);
  }

  private whyUnwanted(one: string, known: readonly string[]): string | undefined {
    const end = this.endOf(one);
    if (end) return `${one} was ${end.how} before`;
    const wordings = this.wordingsOf(one);
    // Older words that come late are nobody's any more. Nobody tells the older one of two that came before it looked.
    const newer = wordings.slice(wordings.findLastIndex((wording) => known.includes(wording.name)) + 1);
    const taken = newer.findLast(({ takenAt }) => takenAt !== undefined);
    return taken && `${one} had other words before`;
  }
}

/** For which names a record says that something was begun. */
function begunIn({ changes }: Item): readonly string[] {
  const begun = Object.values(changes?.M ?? {}).filter(({ M }) => ['started', 'done', 'unknown'].includes(M?.state?.S ?? ''));
  return begun.map(({ M }) => effectOf(M).name);
}

/** What a change on record is to do. */
export function effectOf(change: Item | undefined): Effect {
  return { name: '', told: [], ...(JSON.parse(change?.args?.S ?? '{}') as Partial<Effect>) };
}
