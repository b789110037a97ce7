import * as z from 'zod/mini';

/**
 * Seconds that a question may be on its way to a worker, the first time or again, before the sweeper looks at it: the variable
 * `DELIVERY_GRACE_SECONDS` of receiver and sweeper. The invoker itself waits for a session for two minutes.
 */
export const deliveryGraceSeconds = z._default(z.coerce.number().check(z.int(), z.minimum(1)), 120);
