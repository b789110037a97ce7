import type { ContentBlock, ConverseRequest } from './converse-request.ts';
import { constraintError, validationError } from './validation-error.ts';

/** Order of the conversation, and the pairing of tool calls with their results. */
export function refuseMessages({ messages, toolConfig }: ConverseRequest): void {
  if (messages[0]?.role !== 'user') {
    throw validationError('A conversation must start with a user message. Try again with a conversation that starts with a user message.');
  }
  for (const [index, { role, content }] of messages.entries()) {
    if (role !== 'user' && role !== 'assistant') {
      throw constraintError(`messages.${index + 1}.member.role`, role, 'satisfy enum value set: [user, assistant]');
    }
    if (role === messages[index - 1]?.role) {
      throw validationError(
        'A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.',
      );
    }
    if (content.length === 0) {
      throw validationError(
        `The content field in the Message object at messages.${index} is empty. Add a ContentBlock object to the content field and try again.`,
      );
    }
    refusePairing(index, messages[index - 1]?.content ?? [], content);
  }
  refusePairing(messages.length, messages.at(-1)?.content ?? [], []);
  const blocks = messages.flatMap(({ content }) => content);
  if (!toolConfig && blocks.some(({ toolUse, toolResult }) => toolUse || toolResult)) {
    throw validationError('The toolConfig field must be defined when using toolUse and toolResult content blocks.');
  }
}

/** Everything the previous message called must be answered in this one, at once, and nothing else. */
function refusePairing(index: number, before: readonly ContentBlock[], content: readonly ContentBlock[]): void {
  const called = before.flatMap(({ toolUse }) => toolUse?.toolUseId ?? []);
  const answered = content.flatMap(({ toolResult }) => toolResult?.toolUseId ?? []);
  const missing = called.filter((id) => !answered.includes(id));
  if (missing.length > 0) {
    throw validationError(`Expected toolResult blocks at messages.${index}.content for the following Ids: ${missing.join(', ')}`);
  }
  if (answered.length > called.length) {
    throw validationError(
      `The number of toolResult blocks at messages.${index}.content exceeds the number of toolUse blocks of previous turn.`,
    );
  }
  // Not by every model, but by several: https://github.com/strands-agents/harness-sdk/issues/1223, https://github.com/BerriAI/litellm/issues/6053.
  if (answered.length > 0 && content.some(({ toolResult, cachePoint }) => !toolResult && !cachePoint)) {
    throw validationError(`messages.${index}.content: Conversation blocks and tool result blocks cannot be provided in the same turn.`);
  }
  const ids = content.flatMap(({ toolUse }) => toolUse?.toolUseId ?? []);
  const twice = ids.filter((id, position) => ids.indexOf(id) !== position);
  if (twice.length > 0) throw validationError(`The toolUse blocks at messages.${index}.content contain duplicate Ids: ${twice.join(', ')}`);
}

const mostImages = 20;
const mostImageBytes = 3.75 * 1024 * 1024;
const mostDocuments = 5;
const mostDocumentBytes = 4.5 * 1024 * 1024;
const imageFormats = ['png', 'jpeg', 'gif', 'webp'];
const documentFormats = ['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'];
const documentName = /^[\p{L}\p{N}\-()[\]]+(?:\s[\p{L}\p{N}\-()[\]]+)*$/u;

/** What each block holds: no blank text, and pictures and documents within number, size and naming rules. */
export function refuseContent({ messages, system = [] }: ConverseRequest): void {
  for (const [index, { text, cachePoint }] of system.entries()) {
    if (!cachePoint && text?.trim() === '') throw blank('SystemContentBlock', `system.${index}`);
  }
  for (const [index, { content }] of messages.entries()) {
    for (const [position, block] of content.entries()) refuseBlock(block, `messages.${index}.content.${position}`);
    if (content.some(({ document }) => document) && !content.some(({ text }) => text)) {
      throw validationError(`The content at messages.${index} includes a document but no text block. Add a text block and try again.`);
    }
  }
  const blocks = messages.flatMap(({ content }) => content.flatMap((block) => [block, ...(block.toolResult?.content ?? [])]));
  refuseCount('images', blocks.filter(({ image }) => image).length, mostImages);
  refuseCount('documents', blocks.filter(({ document }) => document).length, mostDocuments);
}

function refuseBlock({ guardContent, ...bare }: ContentBlock, at: string): void {
  if (guardContent?.text?.text.trim() === '') throw blank('GuardrailConverseTextBlock', at);
  // Beside a guarded picture the rules for pictures hold.
  const block = guardContent?.image ? { ...bare, image: guardContent.image } : bare;
  if (block.text !== undefined && block.text.trim() === '') throw blank('ContentBlock', at);
  for (const [position, inner] of (block.toolResult?.content ?? []).entries()) {
    const place = `${at}.toolResult.content.${position}`;
    if (inner.text !== undefined && inner.text.trim() === '') throw blank('ContentBlock', place);
    refuseImage(inner.image, place);
    refuseDocument(inner.document, place);
  }
  refuseImage(block.image, at);
  refuseDocument(block.document, at);
}

function refuseImage(image: ContentBlock['image'], at: string): void {
  if (!image) return;
  if (!imageFormats.includes(image.format)) {
    throw constraintError(`${at}.image.format`, image.format, `satisfy enum value set: [${imageFormats.join(', ')}]`);
  }
  refuseBytes(image.source.bytes, `${at}.image.source.bytes`, mostImageBytes);
}

function refuseDocument(document: ContentBlock['document'], at: string): void {
  if (!document) return;
  if (document.format !== undefined && !documentFormats.includes(document.format)) {
    throw constraintError(`${at}.document.format`, document.format, `satisfy enum value set: [${documentFormats.join(', ')}]`);
  }
  if (!documentName.test(document.name) || document.name.length > 200) {
    throw validationError(
      "The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. The name can't contain more than one consecutive whitespace character.",
    );
  }
  if (document.source.text === undefined) refuseBytes(document.source.bytes, `${at}.document.source.bytes`, mostDocumentBytes);
}

function refuseBytes(bytes: string | undefined, at: string, most: number): void {
  if (!bytes) throw validationError(`The source at ${at} is empty. Add content and try again.`);
  const size = Buffer.byteLength(bytes, 'base64');
  if (size > most) throw validationError(`The content at ${at} exceeds ${most} bytes: ${size} bytes were sent.`);
}

function refuseCount(what: string, count: number, most: number): void {
  if (count > most) throw validationError(`Too many ${what} in the request: ${count} were sent, at most ${most} are allowed.`);
}

function blank(kind: string, at: string): Error {
  return validationError(`The text field in the ${kind} object at ${at} is blank. Add text to the text field, and try again.`);
}
