import table from './prices.json' with { type: 'json' };

/** Dollars for a million tokens, which is millionths of a dollar for one. */
export interface Price {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** What Bedrock counts of a call: the four add up. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
}

/** What stands behind the ARN of an application inference profile, which says nothing of it: `arn:…` → `eu.anthropic.claude-sonnet-5-5`. */
export type ProfileModels = ReadonlyMap<string, string>;

/** Since when the prices hold. */
export const pricesAsOf: string = table.asOf;

/** What a deployment needs beside models and what runs the worker, in dollars: a month, an hour, a gigabyte, a call. */
export const servicePrices = table.services;

/** Of a model by its id, that of a profile or an ARN; undefined where the file has none: never nothing, which would be a budget without end. */
export function priceOf(modelId: string, profileModels: ProfileModels = new Map()): Price | undefined {
  const { model, isGlobal } = toBaseModel(profileModels.get(modelId) ?? modelId);
  const listed = model !== undefined && Object.hasOwn(table.models, model) ? table.models[model as keyof typeof table.models] : undefined;
  if (!listed) return undefined;
  const factor = isGlobal ? 1 : table.regional;
  const [input, output] = [listed.input * factor, listed.output * factor];
  return { input, output, cacheRead: input * table.cacheRead, cacheWrite: input * table.cacheWrite };
}

/** In millionths of a dollar, whole ones: what is begun is paid. */
export function microDollarsOf(price: Price, { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }: Usage): number {
  const { input, output, cacheRead, cacheWrite } = price;
  const sum = inputTokens * input + outputTokens * output + cacheReadTokens * cacheRead + cacheWriteTokens * cacheWrite;
  // Of 2.2 times 10 a computer makes a little more than 22.
  return Math.ceil(Number(sum.toFixed(6)));
}

/**
 * The model behind `us.anthropic.claude-sonnet-4-5-20250929-v1:0`, or the ARN of such a profile or model: without place, vendor, date and
 * version, and nothing but that, for `claude-sonnet-5-9` is not `claude-sonnet-5`. GovCloud has prices of its own.
 */
function toBaseModel(id: string): { readonly model?: string; readonly isGlobal: boolean } {
  const name = /^arn:aws:bedrock:[^/]*:(?:inference-profile|foundation-model)\/(.+)$/.exec(id)?.[1] ?? id;
  const [, geography = '', model] =
    /^(?:(global|apac|[a-z]{2})\.)?anthropic\.(claude-[a-z0-9-]+?)(?:-\d{8})?(?:-v\d+(?::\d+)?)?$/.exec(name) ?? [];
  return { ...(model === undefined ? {} : { model }), isGlobal: geography === 'global' };
}
