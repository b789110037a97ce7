import type { ContentBlock, ConverseRequest, SystemBlock } from '../runtime/converse-request.ts';
import { validationError } from '../runtime/validation-error.ts';
import { type Assessed, assess, maskedBy, refuseTooLong } from './assess.ts';
import type { Guardrail } from './guardrail.ts';

/** What a guardrail makes of a request, and what the model gets of it. */
export interface GuardedRequest {
  readonly guardrail: Guardrail;
  readonly input: Assessed;
  /** Masked, and without the marks around what is guarded. */
  readonly request: ConverseRequest;
}

/** The guardrail that a request or a path names. */
export function guardrailNamed(guardrails: readonly Guardrail[], id: string, version: string | undefined): Guardrail {
  const found = guardrails.find((guardrail) => id === guardrail.id || id.endsWith(`:guardrail/${guardrail.id}`));
  if (found && (version === found.version || version === 'DRAFT')) return found;
  throw validationError('The guardrail identifier or version provided in the request does not exist.');
}

/**
 * Judges what people say in a request. Where something stands in `guardContent`, that alone, else all text of all user turns; results of tools,
 * their arguments and their descriptions never: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-converse-api.html
 */
export function guardRequest(guardrail: Guardrail, request: ConverseRequest): GuardedRequest {
  const { guardrailConfig, messages, system = [] } = request;
  const isFull = guardrailConfig?.trace === 'enabled_full';
  const blocks = [...system, ...messages.flatMap(({ content }) => content)];
  const isSelective = blocks.some(({ guardContent }) => guardContent);
  const spoken = isSelective ? blocks : messages.flatMap(({ role, content }) => (role === 'user' ? content : []));
  const textOf = ({ text, guardContent }: ContentBlock | SystemBlock) => (isSelective ? guardContent?.text?.text : text);
  const texts = spoken.flatMap((block) => textOf(block) ?? []);
  // The quota is the guardrail's, so it is taken to hold here, too.
  refuseTooLong(texts.join('').length);
  const input = assess(guardrail, texts.join('\n'), { source: 'INPUT', isFull });
  const plain = <Block extends ContentBlock | SystemBlock>(block: Block): Block => {
    const whole = withoutGuard(block);
    const isJudged = textOf(block) !== undefined;
    if (whole.text === undefined || !isJudged || input.masks.length === 0) return whole;
    return { ...whole, text: maskedBy(guardrail, whole.text) };
  };
  return {
    guardrail,
    input,
    request: {
      ...request,
      ...(request.system ? { system: system.map(plain) } : {}),
      messages: messages.map(({ role, content }) => ({
        role,
        content: content.map(role === 'user' || isSelective ? plain : withoutGuard),
      })),
    },
  };
}

/** The same block as the model reads it. */
export function withoutGuard<Block extends ContentBlock | SystemBlock>({ guardContent, ...block }: Block): Block {
  const { text, image } = guardContent ?? {};
  return { ...block, ...(text ? { text: text.text } : {}), ...(image ? { image } : {}) } as Block;
}
