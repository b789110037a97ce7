import { shorten, textLimits } from '@vera/protocol/shorten';
import { redact } from '@vera/service-kit/redact';
import type { CallResult } from './mcp-client.ts';

/** What a tool gave back, as text; what is no text is named. Secrets that show by their form are masked. */
export function resultText({ content = [], structuredContent }: CallResult): string {
  const texts = content.map(partText).filter((text) => text.trim() !== '');
  const text = texts.length > 0 || structuredContent === undefined ? texts.join('\n\n') : JSON.stringify(structuredContent);
  return String(redact(text));
}

/** What a tool says went wrong, in the few words that help to call it better; names of AWS resources are nobody's business. */
export function errorText(text: string): string {
  const harmless = String(redact(text)).replace(/arn:aws[\w-]*:[^\s"',)]+/g, '[redacted]');
  return shorten(harmless, textLimits.toolError);
}

function partText(part: unknown): string {
  if (!isObject(part)) return '';
  switch (part.type) {
    case 'text':
      return textOf(part.text);
    case 'image':
    case 'audio':
      return `(${part.type === 'image' ? 'An image' : 'A sound'} that cannot be shown here.)`;
    case 'resource_link':
      return `${textOf(part.title) || textOf(part.name)} ${textOf(part.uri)}`.trim();
    case 'resource':
      return isObject(part.resource) ? textOf(part.resource.text) || `(A file: ${textOf(part.resource.uri)})` : '';
    default:
      return '';
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
