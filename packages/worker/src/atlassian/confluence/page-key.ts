import * as z from 'zod';
import type { SiteConnection } from '../client/atlassian-client.ts';

export const pageId = z
  .string()
  .trim()
  .regex(/^\d{1,20}$/, 'must be the id of a page, a number');

export const titleInput = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(/^[^\r\n]*$/, 'must be one line');

export const textInput = z
  .string()
  .max(100_000)
  .describe('Markdown: paragraphs, headings, lists, code, tables, links. Not the last line about Vera.');

/** Where people open a page; Confluence puts the title behind it itself. */
export function pageLink({ site }: SiteConnection, { id, title }: { readonly id: string; readonly title: string }) {
  return { title, url: `${site.url.replace(/\/+$/, '')}/wiki/pages/viewpage.action?pageId=${encodeURIComponent(id)}` };
}
