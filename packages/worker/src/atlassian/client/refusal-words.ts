import { shorten, textLimits } from '@vera/protocol/shorten';
import * as z from 'zod';
import { markAsData } from '../../mark-as-data.ts';

const text = z.string().catch('');

const refusalSchema = z.looseObject({
  errorMessages: z.array(text).catch([]),
  // Sentences by field in Jira, a list in version 2 of Confluence.
  errors: z.union([z.record(z.string(), z.string()), z.array(z.looseObject({ title: text, detail: text }))]).catch({}),
  errorMessage: text,
  message: text,
});

/** What the product itself says against a request, marked as its words; empty where it says nothing we know how to read. */
export function refusalWords(body: string, system: string): string {
  const said = saidIn(body).join(' ').trim();
  return said === '' ? '' : `\n${markAsData(shorten(said, textLimits.refusal), system)}`;
}

function saidIn(body: string): string[] {
  const refusal = refusalSchema.safeParse(parsed(body)).data;
  if (!refusal) return [];
  const { errorMessages, errors, errorMessage, message } = refusal;
  const details = Array.isArray(errors)
    ? errors.map(({ title, detail }) => [title, detail].filter((part) => part !== '').join(': '))
    : Object.entries(errors).map(([field, words]) => `${field}: ${words}`);
  return [...new Set([...errorMessages, ...details, errorMessage, message])].filter((part) => part !== '');
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
