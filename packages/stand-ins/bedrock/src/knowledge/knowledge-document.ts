/** A file of the folder, read and divided. */
export interface KnowledgeDocument {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly title: string;
  readonly owner?: string;
  readonly updated?: string;
  /** Its title, its tags, its status or a banner at its top says that another one took its place. */
  readonly isSuperseded: boolean;
  readonly passages: readonly Passage[];
}

export interface Passage {
  /** The headings above the text below the title, such as `Escalation › At night`; empty above the first heading. */
  readonly heading: string;
  readonly text: string;
}
