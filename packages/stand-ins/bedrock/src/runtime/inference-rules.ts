import type { ConverseRequest } from './converse-request.ts';
import { inputTokensOf } from './estimate-tokens.ts';
import type { ModelCard } from './model-card.ts';
import { constraintError, validationError } from './validation-error.ts';

const mostMetadata = 16;

/** What depends on the model: sampling parameters, token limits, the length of the input. */
export function refuseInference(request: ConverseRequest, card: ModelCard): void {
  refuseRanges(request);
  refuseSampling(request, card);
  refuseLength(request, card);
  const entries = Object.keys(request.requestMetadata ?? {}).length;
  if (entries > mostMetadata)
    throw constraintError('requestMetadata', `${entries} entries`, `have length less than or equal to ${mostMetadata}`);
}

function refuseRanges({ inferenceConfig = {} }: ConverseRequest): void {
  const { maxTokens } = inferenceConfig;
  if (maxTokens !== undefined && !(maxTokens >= 1)) {
    throw constraintError('inferenceConfig.maxTokens', maxTokens, 'have value greater than or equal to 1');
  }
  for (const name of ['temperature', 'topP'] as const) {
    const value = inferenceConfig[name];
    if (value !== undefined && !(value >= 0 && value <= 1)) {
      throw constraintError(
        `inferenceConfig.${name}`,
        value,
        `have value ${value > 1 ? 'less than or equal to 1' : 'greater than or equal to 0'}`,
      );
    }
  }
}

function refuseSampling(
  { messages, inferenceConfig = {}, additionalModelRequestFields = {} }: ConverseRequest,
  { sampling }: ModelCard,
): void {
  const { temperature, topP } = inferenceConfig;
  const given = { temperature, top_p: topP, top_k: undefined, ...additionalModelRequestFields };
  if (sampling === 'refused') {
    const name = (['temperature', 'top_p', 'top_k'] as const).find((parameter) => given[parameter] !== undefined);
    if (name) throw validationError(`The model returned the following errors: \`${name}\` is deprecated for this model.`);
    if (messages.at(-1)?.role === 'assistant') {
      throw validationError('This model does not support assistant message prefill. The conversation must end with a user message.');
    }
  }
  if (sampling === 'one of two' && given.temperature !== undefined && given.top_p !== undefined) {
    throw validationError(
      'The model returned the following errors: `temperature` and `top_p` cannot both be specified for this model. Please use only one.',
    );
  }
}

function refuseLength(request: ConverseRequest, { contextTokens, maxOutputTokens }: ModelCard): void {
  const maxTokens = request.inferenceConfig?.maxTokens ?? 0;
  if (maxTokens > maxOutputTokens) {
    throw validationError(
      `The maximum tokens you requested exceeds the model limit of ${maxOutputTokens}. Try again with a maximum tokens value that is lower than ${maxOutputTokens}.`,
    );
  }
  const input = inputTokensOf(request);
  if (input > contextTokens) throw validationError('Input is too long for requested model.');
  if (input + maxTokens > contextTokens) {
    throw validationError(
      `The model returned the following errors: input length and \`max_tokens\` exceed context limit: ${input} + ${maxTokens} > ${contextTokens}, decrease input length or \`max_tokens\` and try again`,
    );
  }
}
