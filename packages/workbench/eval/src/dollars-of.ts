import { microDollarsOf, priceOf } from '@vera/worker/prices';
import type { Usage } from './eval-case.ts';

/** In dollars; undefined for a model that has no price. */
export function dollarsOf(modelId: string, { input, output, cacheRead, cacheWrite }: Usage): number | undefined {
  const price = priceOf(modelId);
  const usage = { inputTokens: input, outputTokens: output, cacheReadTokens: cacheRead, cacheWriteTokens: cacheWrite };
  return price && microDollarsOf(price, usage) / 1_000_000;
}
