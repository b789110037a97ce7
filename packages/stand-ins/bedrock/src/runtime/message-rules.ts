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
  const ids = content.flatMap(({ toolUse }) => toolUse?.toolUseId ?? []);
  const twice = ids.filter((id, position) => ids.indexOf(id) !== position);
  if (twice.length > 0) throw validationError(`The toolUse blocks at messages.${index}.content contain duplicate Ids: ${twice.join(', ')}`);
}
