import type { SlackMessage } from '@vera/slack-stand-in/contract';
import { useState } from 'preact/hooks';

/** By block_id and action_id. */
export type TypedValues = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What was typed into the fields of a message and not yet sent. */
export interface Typed {
  /** Without what belongs to blocks that the app has taken away since. */
  readonly values: TypedValues;
  write(blockId: string, actionId: string, text: string): void;
}

export function useTyped({ blocks = [] }: SlackMessage): Typed {
  const [all, setAll] = useState<TypedValues>({});
  const isThere = ([blockId]: [string, unknown]) => blocks.some(({ block_id }) => block_id === blockId);
  return {
    values: Object.fromEntries(Object.entries(all).filter(isThere)),
    write: (blockId, actionId, text) => setAll((known) => ({ ...known, [blockId]: { ...known[blockId], [actionId]: text } })),
  };
}
