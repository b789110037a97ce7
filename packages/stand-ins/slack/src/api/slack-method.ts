import type { World } from '../state/world.ts';
import type { Arguments } from './arguments.ts';

export interface MethodCall {
  readonly args: Arguments;
  readonly world: World;
  /** The token the call came with. */
  readonly token: string;
  /** Adds a warning to the answer. */
  readonly warn: (warning: string) => void;
}

/** Does one method's work: returns the answer beside `ok`, or throws a `SlackRefusal`. */
export type SlackMethod = (call: MethodCall) => Readonly<Record<string, unknown>>;
