import { join } from 'node:path';

/** A handful of documents of an imagined clinic. */
export const fixtureFolder = join(import.meta.dirname, 'documents');
