import * as z from 'zod';

/** The key of an issue in an input. */
export const issueKey = z
  .string()
  .trim()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,30}-\d{1,10}$/, 'must be an issue key such as PAY-117')
  .transform((key) => key.toUpperCase());

/** The id of an issue in what was approved: it stays the same when an issue is moved, its key does not. */
export const issueId = z.string().regex(/^\d{1,20}$/);
