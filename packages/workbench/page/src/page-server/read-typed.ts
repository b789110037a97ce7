import type { PersonClick } from '@vera/slack-stand-in/contract';
import { BadRequest } from './bad-request.ts';

/** What was typed into the fields of a message, from JSON: block_id → action_id → text. */
export function readTyped(json: string): NonNullable<PersonClick['values']> {
  const blocks = parsed(json);
  if (isRecord(blocks) && Object.values(blocks).every((fields) => isRecord(fields) && Object.values(fields).every(isText))) {
    return blocks as NonNullable<PersonClick['values']>;
  }
  throw new BadRequest('"values" must be JSON of texts by block and action.');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new BadRequest('"values" must be JSON.', { cause });
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
