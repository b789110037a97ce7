import type { ConverseRequest, ToolUse } from '@vera/bedrock-stand-in/runtime/converse-request';
import type { ScriptedTurn } from '@vera/bedrock-stand-in/scripted-model';
import type { PersonMessage } from '@vera/slack-stand-in/contract';
import type { SlackMessage } from '@vera/slack-stand-in/slack-message';
import type { RequestPart } from './recording/request-parts.ts';
import type { World } from './world/start-world.ts';

/** What somebody does to Vera, and what has to come of it, whatever a model says word for word. */
export interface EvalCase {
  /** One of its topic; recordings are found by it. */
  readonly name: string;
  readonly steps: readonly Step[];
  /** None: the case fails, for it would hold of anything. */
  readonly checks: readonly Check[];
  /** How the last question ends; answered, unless told. */
  readonly ends?: End;
  /** By which parts of a request its answer is found; another difference is a warning. `asked` and `called` unless told. */
  readonly relevant?: readonly RequestPart[];
  /** Variables of the worker that differ from the demo company's. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A model that does what it reads and nothing else: shows what a sentence is there for. */
  readonly obeys?: Obeying;
}

export type ObeyingCase = EvalCase & Required<Pick<EvalCase, 'obeys'>>;

export type Step =
  | SaidStep
  /** Presses a button of the newest card. */
  | { readonly presses: 'approve' | 'deny'; readonly by?: Person }
  /** Connects their Atlassian account. */
  | { readonly connects: Person }
  | { readonly does: (world: World) => unknown };

export interface SaidStep {
  readonly says: string;
  /** Maya unless told. */
  readonly by?: Person;
  /** A channel, or `dm`; #it-help unless told. Further steps go on in the thread of the first, unless they say where. */
  readonly in?: string;
  readonly files?: PersonMessage['files'];
  /** To the others: nothing is asked of Vera. */
  readonly isAside?: boolean;
}

export type Person = 'maya' | 'tom' | 'ines' | 'joris' | 'lena';

export type End =
  | { readonly state: 'answered' | 'stopped' | 'refused' | 'waiting' }
  | { readonly state: 'failed'; readonly reason: string };

export interface Check {
  /** For the report. */
  readonly name: string;
  /** What is wrong; undefined: it holds. */
  readonly complaint: (outcome: Outcome) => string | undefined;
}

/** One answer of Vera, as it stands in the thread at the end. */
export interface Answer {
  readonly state: End['state'];
  readonly reason?: string | undefined;
  readonly text: string;
  readonly messages: readonly SlackMessage[];
}

export interface ToolCall {
  readonly tool: string;
  readonly input: ToolUse['input'];
  readonly isError: boolean;
  readonly output: string;
}

export interface Usage {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** All that is known of a case once it is over. */
export interface Outcome {
  /** One for each question, in order. */
  readonly answers: readonly Answer[];
  /** What the model was asked, in order. */
  readonly requests: readonly ConverseRequest[];
  /** Each that was carried out, in order. */
  readonly calls: readonly ToolCall[];
  /** The newest state of each card. */
  readonly cards: readonly SlackMessage[];
  readonly usage: Usage;
  readonly world: World;
}

/** What an obeying model knows: what it was told, by sentence, and what came of its calls. */
export interface Told {
  /** Whether it reads this sentence: in the prompt, in a tool or in one of its fields. */
  readonly reads: (sentence: string) => boolean;
  /** What was asked last. */
  readonly asked: string;
  /** All that stands in the messages. */
  readonly thread: string;
  /** Called since it was asked. */
  readonly calls: readonly ToolCall[];
}

export type Obeying = (told: Told) => ScriptedTurn;
