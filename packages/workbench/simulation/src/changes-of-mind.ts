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

interface ChangesOfMindParams {
  /** True milliseconds since the run began. */
  readonly now: () => number;
  readonly violate: (what: string) => void;
}

/** After so many milliseconds whoever is told to end, and can hear it, has ended. */
export const heeded = 15_000;

/** What people want now, as far as our receiver has told Slack that it has it; and whether what happens is what they want. */
export class ChangesOfMind {
  private readonly wordings = new Map<string, Wording[]>();
  private readonly ends = new Map<string, End>();
  private readonly lastHeard = new Map<string, number>();
  private readonly approved = new Map<string, number>();
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

  /** The receiver has it. `record`: as it stands in the ledger; `ts`: when it was stopped. */
  takeEnd(name: string, how: End['how'], record: Item | undefined, ts = '9'): void {
    const isOld = ts < (this.triedAgain.get(rootOf(name)) ?? '');
    if (isOld || this.endOf(name)) return;
    this.ends.set(rootOf(name), { how, at: this.params.now(), begun: begunIn(record) });
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
    if (end && this.params.now() > end.at + heeded) this.params.violate(`${name} asks a model long after it was ${end.how}`);
  }

  /** Somebody is about to say yes to what a card shows for these words. */
  approves(name: string): void {
    if (!this.approved.has(name)) this.approved.set(name, this.params.now());
  }

  /** Something is done in the other system. */
  does({ name, told }: { readonly name: string; readonly told: readonly string[] }): void {
    const wordings = this.wordingsOf(name);
    // Older words that come late are nobody's any more.
    const newer = wordings.slice(wordings.findLastIndex((wording) => wording.name === name || told.includes(wording.name)) + 1);
    const approvedAt = this.approved.get(name) ?? Number.POSITIVE_INFINITY;
    // What it was told meanwhile stands on its card.
    // Nobody tells the older one of two that came before it looked.
    const taken = newer.findLast(({ takenAt = Number.POSITIVE_INFINITY }) => takenAt < approvedAt);
    if (taken && !told.includes(taken.name)) this.params.violate(`${name} is done, by a yes that came after it got other words`);
    const end = this.endOf(name);
    if (end && !end.begun.has(name)) this.params.violate(`${name} was ${end.how}, and something is done for it since`);
  }
}

/** For which names a record says that something was begun. */
function begunIn(record: Item | undefined): ReadonlySet<string> {
  const changes = Object.values(record?.changes?.M ?? {}).map(({ M = {} }) => M);
  const begun = changes.filter(({ state }) => ['started', 'done', 'unknown'].includes(state?.S ?? ''));
  return new Set(begun.map(({ args }) => (JSON.parse(args?.S ?? '{}') as { readonly name?: string }).name ?? ''));
}
