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

/** Whether a product that answers with this status to a change has surely not made it. */
export function isCertainRefusal(status: number): boolean {
  return certain.includes(status);
}

/** Not 408 or 499, which say that somebody waited no longer. */
const certain = [400, 401, 403, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 422, 423, 429, 451];

/** What a refusal means and what to do, for the model. */
export function statusWords(status: number, system: string, retryAfter: string | null): string {
  switch (status) {
    case 401:
      return `${system} does not accept the person's account for this: it lacks the rights, or has to be connected again.`;
    case 403:
      return `${system} says that the person may not do this.`;
    case 404:
      return `${system} does not know this, or the person may not see it.`;
    case 409:
      return `${system} says that it was changed meanwhile, or is in conflict with something else. Look again and propose anew.`;
    case 413:
      return `This is too long for ${system}.`;
    case 429: {
      const seconds = /^\d{1,5}$/.test(retryAfter ?? '') ? ` in ${retryAfter} seconds` : ' in a minute';
      return `${system} takes no more requests of this person just now. Nothing was changed; try again${seconds}.`;
    }
    default:
      return status >= 500 ? `${system} is in trouble (status ${status}).` : `${system} refuses this (status ${status}).`;
  }
}
