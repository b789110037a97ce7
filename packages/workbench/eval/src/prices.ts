import { readFileSync } from 'node:fs';
import type { Usage } from './eval-case.ts';

interface Price {
  readonly model: string;
  readonly input: number;
  readonly output: number;
}

interface PriceTable {
  readonly cacheWrite: number;
  readonly cacheRead: number;
  readonly regional: number;
  readonly models: readonly Price[];
}

const table = JSON.parse(readFileSync(new URL('../prices.json', import.meta.url), 'utf8')) as PriceTable;

/** In dollars; undefined for a model that has no price there. */
export function priceOf(modelId: string, { input, output, cacheRead, cacheWrite }: Usage): number | undefined {
  const price = table.models.find(({ model }) => modelId.includes(model));
  if (!price) return undefined;
  const tokens = (input + cacheRead * table.cacheRead + cacheWrite * table.cacheWrite) * price.input + output * price.output;
  return (tokens / 1_000_000) * (/^(?:us|eu|au|jp|ca|apac)\./.test(modelId) ? table.regional : 1);
}
