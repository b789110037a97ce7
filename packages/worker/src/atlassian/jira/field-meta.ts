import * as z from 'zod';

/** What Jira says of a field that may be set. */
export const fieldMeta = z.looseObject({
  name: z.string(),
  required: z.boolean().optional(),
  hasDefaultValue: z.boolean().optional(),
  allowedValues: z.array(z.looseObject({ id: z.string().optional(), name: z.string().optional() })).optional(),
});

export type FieldMeta = z.output<typeof fieldMeta>;
