/** What is known of the person who asks, for one question. */
export interface Remembered {
  /** Their own standing requests, in their words, such as "Answer me in German". */
  readonly standing: readonly string[];
  /** What they told, a sentence each. */
  readonly facts: readonly string[];
}
