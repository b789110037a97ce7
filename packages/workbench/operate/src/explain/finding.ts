/** Something that went wrong or took long, with what helps. */
export interface Finding {
  readonly cause: string;
  /** None: it is no fault, or what helps is said already. */
  readonly remedy?: string | undefined;
}
