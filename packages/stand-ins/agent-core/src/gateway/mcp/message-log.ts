import type { JsonObject } from '@vera/stand-in-kit/json-object';

const most = 500;

export interface HeardMessage {
  readonly method: string;
  readonly params: JsonObject;
}

export interface MessageLog {
  /** The last 500, oldest first. */
  readonly messages: readonly HeardMessage[];
  note(message: HeardMessage): void;
  clear(): void;
}

export function createMessageLog(): MessageLog {
  const messages: HeardMessage[] = [];
  return {
    messages,
    note({ method, params }) {
      if (messages.length >= most) messages.shift();
      messages.push({ method, params });
    },
    clear: () => void messages.splice(0),
  };
}
