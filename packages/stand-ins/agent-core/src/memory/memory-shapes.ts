import { AwsError } from '@vera/aws-stand-in/aws-error';
import * as z from 'zod/mini';

/** Of the service's model (`bedrock-agentcore/2024-02-28`): SDKs leave patterns and lengths out, so that only the service says no. */
const text = (pattern: RegExp, most: number, least = 1) =>
  z.string().check(z.minLength(least), z.maxLength(most), z.regex(pattern, `must satisfy ${pattern.source}`));
const actorId = text(/^[a-zA-Z0-9][a-zA-Z0-9-_/]*(?::[a-zA-Z0-9-_/]+)*[a-zA-Z0-9-_/]*$/, 255);
const sessionId = text(/^[a-zA-Z0-9][a-zA-Z0-9-_]*$/, 100);
const eventId = text(/^[0-9]+#[a-fA-F0-9]+$/, 100);
const recordId = text(/^mem-[a-zA-Z0-9-_]*$/, 50, 40);
const namespace = text(/^[a-zA-Z0-9/*][a-zA-Z0-9-_/*]*(?::[a-zA-Z0-9-_/*]+)*[a-zA-Z0-9-_/*]*$/, 1024);
const count = z.int().check(z.minimum(1), z.maximum(100));
const pages = { maxResults: z._default(count, 20), nextToken: z.optional(z.string()) };

const payload = z.union([
  z.strictObject({
    conversational: z.object({
      role: z.enum(['USER', 'ASSISTANT', 'TOOL', 'OTHER']),
      // Empty is refused; blanks are not.
      content: z.object({ text: z.string().check(z.minLength(1), z.maxLength(100_000)) }),
    }),
  }),
  z.strictObject({ blob: z.unknown() }),
  z.strictObject({ json: z.object({ content: z.optional(z.unknown()) }) }),
]);

/** https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_ExtractionConfig.html */
const namespaceVariables = z
  .record(
    z.string().check(z.maxLength(32), z.regex(/^(?!memoryStrategyId$|actorId$|sessionId$)[a-z][a-z0-9]*$/)),
    text(/^[a-z0-9][a-z0-9-_]*$/, 64),
  )
  .check(z.refine((variables) => Object.keys(variables).length <= 5, 'at most 5 variables'));

const where = { namespace: z.optional(namespace), namespacePath: z.optional(namespace) };
const oneOf = z.refine<{ namespace?: string | undefined; namespacePath?: string | undefined }>(
  ({ namespace: prefix, namespacePath }) => (prefix === undefined) !== (namespacePath === undefined),
  'Either namespace or namespacePath is required, and only one of them',
);

export const shapes = {
  CreateEvent: z.object({
    actorId,
    sessionId: z.optional(sessionId),
    eventTimestamp: z.number(),
    payload: z.array(payload).check(z.maxLength(100)),
    clientToken: z.optional(z.string().check(z.minLength(1))),
    metadata: z.optional(z.record(z.string(), z.object({ stringValue: text(/^[a-zA-Z0-9\s._:/=+@-]*$/, 256, 0) }))),
    extractionMode: z.optional(z.literal('SKIP')),
    extractionConfig: z.optional(z.object({ namespaceVariables: z.optional(namespaceVariables) })),
  }),
  event: z.object({ actorId, sessionId, eventId }),
  ListEvents: z.object({ actorId, sessionId, includePayloads: z._default(z.boolean(), true), ...pages }),
  ListSessions: z.object({ actorId, filter: z.optional(z.object({ eventFilter: z.optional(z.enum(['HAS_EVENTS'])) })), ...pages }),
  RetrieveMemoryRecords: z
    .object({
      ...where,
      // An empty query is refused: whoever wants all of them lists them.
      searchCriteria: z.object({
        searchQuery: z.string().check(z.minLength(1), z.maxLength(10_000)),
        memoryStrategyId: z.optional(z.string()),
        topK: z._default(count, 10),
      }),
      ...pages,
    })
    .check(oneOf),
  ListMemoryRecords: z.object({ ...where, memoryStrategyId: z.optional(z.string()), ...pages }).check(oneOf),
  record: z.object({ memoryRecordId: recordId }),
  BatchCreateMemoryRecords: z.object({
    records: z
      .array(
        z.object({
          requestIdentifier: text(/^[a-zA-Z0-9_-]+$/, 80),
          namespaces: z.array(namespace).check(z.minLength(1), z.maxLength(1)),
          content: z.object({ text: z.string().check(z.minLength(1), z.maxLength(16_000)) }),
          timestamp: z.number(),
          memoryStrategyId: z.optional(z.string()),
        }),
      )
      .check(z.maxLength(100)),
    clientToken: z.optional(z.string().check(z.minLength(1))),
  }),
  BatchDeleteMemoryRecords: z.object({
    records: z.array(z.object({ memoryRecordId: recordId, namespace: z.optional(namespace) })).check(z.maxLength(100)),
  }),
} as const;

/** What was sent, as the service takes it; else its 400, which names the fields. */
export function checked<Shape extends z.core.$ZodType>(shape: Shape, given: unknown): z.output<Shape> {
  const parsed = z.safeParse(shape, given);
  if (parsed.success) return parsed.data;
  const fieldList = parsed.error.issues.map(({ path, message }) => ({ name: path.join('.'), message }));
  const words = fieldList.map(({ name, message }) => `Value at '${name}' failed to satisfy constraint: ${message}`).join('; ');
  throw new AwsError(400, 'ValidationException', words, { reason: 'FieldValidationFailed', fieldList });
}

export type Payload = z.output<typeof payload>;
export type NewEvent = z.output<typeof shapes.CreateEvent>;
