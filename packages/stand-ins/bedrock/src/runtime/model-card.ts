import { AwsError } from '@vera/aws-stand-in/aws-error';
import { validationError } from './validation-error.ts';

/** What the emulator must know of a model to refuse what Bedrock refuses. */
export interface ModelCard {
  /** The id without region prefix, such as `anthropic.claude-sonnet-5-5`. */
  readonly id: string;
  readonly contextTokens: number;
  readonly maxOutputTokens: number;
  /** Claude 5 and Opus 4.7 onwards refuse `temperature`, `top_p` and `top_k`. */
  readonly sampling: 'refused' | 'one of two' | 'any';
  /** Where it takes cache points: everywhere, in system and messages, or nowhere. */
  readonly caches: 'all' | 'no tools' | 'nothing';
  /** A shorter prefix is not cached, and nothing says so. */
  readonly cacheMinimumTokens: number;
  /** Newer models run only behind an inference profile. */
  readonly onDemand: boolean;
}

const claude = { contextTokens: 200_000, maxOutputTokens: 64_000, caches: 'all', cacheMinimumTokens: 1_024, onDemand: false } as const;
const nova = { ...claude, sampling: 'any', contextTokens: 300_000, maxOutputTokens: 10_000, caches: 'no tools', onDemand: true } as const;

const cards: readonly ModelCard[] = [
  { ...claude, id: 'anthropic.claude-opus-5-5', sampling: 'refused' },
  { ...claude, id: 'anthropic.claude-sonnet-5-5', sampling: 'refused' },
  { ...claude, id: 'anthropic.claude-fable-5-1', sampling: 'refused' },
  { ...claude, id: 'anthropic.claude-opus-4-8', sampling: 'refused' },
  { ...claude, id: 'anthropic.claude-sonnet-4-6', sampling: 'one of two' },
  { ...claude, id: 'anthropic.claude-haiku-4-5-20251001-v1:0', sampling: 'one of two', cacheMinimumTokens: 4_096 },
  { ...claude, id: 'anthropic.claude-sonnet-4-5-20250929-v1:0', sampling: 'one of two' },
  { ...claude, id: 'anthropic.claude-3-haiku-20240307-v1:0', sampling: 'any', maxOutputTokens: 4_096, caches: 'nothing', onDemand: true },
  { ...nova, id: 'amazon.nova-lite-v1:0' },
  { ...nova, id: 'amazon.nova-pro-v1:0' },
  { ...claude, id: 'meta.llama3-3-70b-instruct-v1:0', sampling: 'any', contextTokens: 128_000, maxOutputTokens: 8_192, caches: 'nothing' },
];

/** The geography before a profile's model: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html */
export const geographyOf = /^(global|us|eu|au|jp|ca|apac|us-gov)\.(.+)$/;

/** The card behind a model id, inference profile id or ARN. Throws what Bedrock answers to an id it does not know or does not run bare. */
export function modelCardOf(modelId: string): ModelCard {
  const name = modelId.startsWith('arn:') ? modelId.slice(modelId.indexOf('/') + 1) : modelId;
  const [, geography, model = name] = geographyOf.exec(name) ?? [];
  const card = cards.find(({ id }) => id === model);
  if (!card) {
    throw new AwsError(404, 'ResourceNotFoundException', 'Could not resolve the foundation model from the provided model identifier.');
  }
  if (!geography && !card.onDemand) {
    throw validationError(
      `Invocation of model ID ${name} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`,
    );
  }
  return card;
}
