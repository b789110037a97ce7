import type { SignedPost } from './receiver.ts';
import type { Reply } from './reply.ts';

/** What a Lambda function URL hands over (payload version 2.0), as far as it is used. */
export interface FunctionUrlEvent {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

export interface FunctionUrlResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The post as it was sent, its body as the very bytes: form posts arrive base64, JSON as text. */
export function toSignedPost({ headers, body = '', isBase64Encoded }: FunctionUrlEvent): SignedPost {
  return {
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
    contentType: headers['content-type'] ?? '',
    timestamp: headers['x-slack-request-timestamp'] ?? null,
    signature: headers['x-slack-signature'] ?? null,
  };
}

export function toResult({ status, headers = {}, body = '' }: Reply): FunctionUrlResult {
  return { statusCode: status, headers, body };
}

/** Which of Slack's later deliveries of an event this is, and what became of the one before; for the log only, since it is not signed. */
export function retryOf({ headers }: Pick<FunctionUrlEvent, 'headers'>): { readonly retry?: number; readonly retryReason?: string } {
  const [number, reason] = [headers['x-slack-retry-num'] ?? '', headers['x-slack-retry-reason'] ?? ''];
  if (!/^[1-9]$/.test(number)) return {};
  return { retry: Number(number), ...(/^[a-z_]{1,40}$/.test(reason) ? { retryReason: reason } : {}) };
}
