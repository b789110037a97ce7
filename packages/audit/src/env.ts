import * as z from 'zod/mini';

/** For how many days a line is kept at least: until then whoever copies heads counts on it, whatever its writer said. */
export const fewestDays = 30;

/** Variables of all that write lines. */
export const auditEnv = {
  AUDIT_TABLE: z.string().check(z.minLength(1)),
  /** How long a line is kept. */
  AUDIT_DAYS: z.coerce.number().check(z.int(), z.minimum(fewestDays)),
};
