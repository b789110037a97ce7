import * as z from 'zod/mini';
import { errandSchema } from './errand.ts';
import { questionSchema } from './question.ts';

/** What a worker is brought: each is known by its `kind`. */
export const workSchema = z.discriminatedUnion('kind', [questionSchema, errandSchema]);
export type Work = z.infer<typeof workSchema>;
