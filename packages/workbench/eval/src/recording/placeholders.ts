import type { ConverseRequest } from '@vera/bedrock-stand-in/runtime/converse-request';
import { textsFrom } from './request-parts.ts';
import { type Volatile, volatileIn } from './volatile.ts';

const placeholder = /\{\{(\w+) (\d+)\}\}/g;

/**
 * Puts into an answer what this request has in place of what the recorded one had: `{{opaque 1}}` is the first of its kind. `missing`: one that
 * it does not have.
 */
export function filled(text: string, request: ConverseRequest): { readonly text: string; readonly missing?: string } {
  if (!text.includes('{{')) return { text };
  const there = volatileOf(request);
  let missing: string | undefined;
  const whole = text.replace(placeholder, (name, kind: string, number: string) => {
    const found = there.filter((one) => one.kind === kind)[Number(number) - 1];
    if (!found) missing = name;
    return found?.text ?? name;
  });
  return { text: whole, ...(missing ? { missing } : {}) };
}

/** The other way: what an answer has from its request is named by its place there. */
export function emptied(text: string, request: ConverseRequest): string {
  const there = volatileOf(request);
  return volatileIn(text).reduceRight((kept, { kind, text: run, at }) => {
    const number = there.filter((one) => one.kind === kind).findIndex((one) => one.text === run) + 1;
    return number === 0 ? kept : `${kept.slice(0, at)}{{${kind} ${number}}}${kept.slice(at + run.length)}`;
  }, text);
}

function volatileOf(request: ConverseRequest): Volatile[] {
  return textsFrom(request).flatMap(volatileIn);
}
