/** A file of the folder, read and divided. */
export interface KnowledgeDocument {
  /** Relative to the folder, with forward slashes. */
  readonly path: string;
  readonly title: string;
  readonly owner?: string;
  readonly updated?: string;
  readonly passages: readonly Passage[];
}

export interface Passage {
  /** The headings above the text below the title, such as `Escalation › At night`; empty above the first heading. */
  readonly heading: string;
  readonly text: string;
}
