/** A text as both products have it: what a renderer is given. Links are safe, texts have no characters that XML forbids. */
export type Block =
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: number; readonly inlines: readonly Inline[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly start: number; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  /** The first row is the heading. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly (readonly Inline[])[])[] }
  | { readonly kind: 'rule' };

export type Inline = { readonly kind: 'break' } | { readonly kind: 'text'; readonly text: string; readonly marks: Marks };

export interface Marks {
  readonly strong?: boolean;
  readonly em?: boolean;
  readonly strike?: boolean;
  readonly code?: boolean;
  /** An address of http, https or mailto. */
  readonly href?: string;
}
