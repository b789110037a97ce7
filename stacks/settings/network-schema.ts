import * as z from 'zod';

/** As EC2 makes them up: eight digits once, seventeen since 2016. */
const idOf = (prefix: string, what: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`), `a ${what} id begins with ${prefix}-, and 8 or 17 hex digits follow`);

const eachOnce = (id: z.ZodString, most: number) =>
  z
    .array(id)
    .min(1)
    .max(most)
    .refine((ids) => new Set(ids).size === ids.length, 'one is named twice');

/** Where the worker and all functions stand. */
export const networkSchema = z.discriminatedUnion(
  'mode',
  [
    z.strictObject({ mode: z.literal('public') }),
    z.strictObject({
      mode: z.literal('vpc'),
      subnets: eachOnce(idOf('subnet', 'subnet'), 16),
      // What Lambda takes at most (API_VpcConfig).
      securityGroups: eachOnce(idOf('sg', 'security group'), 5),
    }),
  ],
  "the mode is 'public' or 'vpc'",
);
