import { AwsError } from '@vera/aws-stand-in/aws-error';
import { refuseCachePoints } from './cache-rules.ts';
import type { ConverseBody, ConverseRequest } from './converse-request.ts';
import { refuseUnreadableFiles } from './file-rules.ts';
import { refuseInference } from './inference-rules.ts';
import { refuseContent, refuseMessages } from './message-rules.ts';
import { type ModelCard, modelCardOf } from './model-card.ts';
import { refuseTools } from './tool-rules.ts';

export interface CheckedRequest {
  readonly request: ConverseRequest;
  readonly card: ModelCard;
}

/** Parses a request and refuses it where Bedrock would. */
export async function readConverseRequest(body: string, modelId: string, stream: boolean): Promise<CheckedRequest> {
  const request: ConverseRequest = { ...parse(body), modelId, stream };
  const card = modelCardOf(modelId);
  refuseMessages(request);
  refuseTools(request);
  refuseContent(request);
  refuseInference(request, card);
  refuseCachePoints(request, card);
  await refuseUnreadableFiles(request);
  return { request, card };
}

function parse(body: string): ConverseBody {
  const { messages = [], ...rest } = readJson(body);
  const lists = [messages, rest.system ?? [], rest.toolConfig?.tools ?? []];
  if (lists.every(Array.isArray) && messages.every(({ content }: { content?: unknown }) => Array.isArray(content))) {
    return { messages, ...rest };
  }
  throw new AwsError(400, 'SerializationException', 'A list was expected where something else was found.');
}

function readJson(body: string) {
  try {
    return JSON.parse(body || '{}');
  } catch {
    throw new AwsError(400, 'SerializationException', 'The request body could not be parsed as JSON.');
  }
}
