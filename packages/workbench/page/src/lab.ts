/** Breaks what runs, on purpose, so that one sees how Vera comes through. Throws `NothingToBreak` for a name it does not know. */
export interface Lab {
  readonly state: LabState;
  /** Called with every change of the state. Returns the function that ends it. */
  onChange(listener: (state: LabState) => void): () => void;
  /** Begins a fault, or ends it where it has begun. */
  toggle(fault: string): void;
  /** Asks a story's question as `user` and breaks what it is about; gives the message. */
  play(story: string, user: string): LabQuestion;
}

export interface LabState {
  /** Only what can be broken in this system. */
  readonly faults: readonly LabFault[];
  readonly stories: readonly LabStory[];
}

export interface LabFault {
  readonly id: string;
  /** What it belongs to, such as `Container`. */
  readonly part: string;
  readonly label: string;
  /** What will be seen of it, in a sentence. */
  readonly seen: string;
  /**
   * `armed`: it strikes as soon as there is something to strike; `on`: it lasts; `done`: it struck a moment ago, and was over at once; `failed`:
   * it could not be done, or not be ended.
   */
  readonly state: 'off' | 'armed' | 'on' | 'done' | 'failed';
  /** What is said of that state: what it waits for, for how long it lasts, why it failed. */
  readonly words: string;
}

export interface LabStory {
  readonly id: string;
  readonly title: string;
  readonly seen: string;
}

export interface LabQuestion {
  readonly channel: string;
  readonly ts: string;
}

/** What was named is no part of this lab; the message is for a person. */
export class NothingToBreak extends Error {
  readonly code = 'nothing-to-break';
}
