import { withoutGuard } from '../guardrail/guarded-request.ts';
import type { ContentBlock, ConverseRequest } from './converse-request.ts';

const charactersPerToken = 4;
const tokensPerImage = 1_600;

/** A fair guess without the vendor's tokenizer: four characters a token. */
export function tokensOf(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

export function inputTokensOf({ toolConfig, system, messages }: ConverseRequest): number {
  const blocks = [...(toolConfig?.tools ?? []), ...(system ?? []), ...messages.flatMap(({ content }) => content)];
  return blocks.reduce((sum, block) => sum + blockTokensOf(block), 0);
}

/** Tokens of one tool, system or content block; a cache point costs nothing. */
export function blockTokensOf(block: object): number {
  const { cachePoint, image, document, text, toolResult, guardContent } = block as ContentBlock;
  if (cachePoint) return 0;
  if (guardContent) return blockTokensOf(withoutGuard(block as ContentBlock));
  if (image) return tokensPerImage;
  if (document) return tokensOf(document.source.text ?? Buffer.from(document.source.bytes ?? '', 'base64').toString('latin1'));
  if (text !== undefined) return tokensOf(text);
  if (toolResult) return toolResult.content.reduce((sum, inner) => sum + blockTokensOf(inner), tokensOf(toolResult.toolUseId));
  return tokensOf(JSON.stringify(block));
}
