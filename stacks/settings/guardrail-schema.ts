import * as z from 'zod';

/** What Bedrock tells apart. https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-sensitive-filters.html */
const personalData = [
  ...['ADDRESS', 'AGE', 'AWS_ACCESS_KEY', 'AWS_SECRET_KEY', 'CA_HEALTH_NUMBER', 'CA_SOCIAL_INSURANCE_NUMBER', 'CREDIT_DEBIT_CARD_CVV'],
  ...['CREDIT_DEBIT_CARD_EXPIRY', 'CREDIT_DEBIT_CARD_NUMBER', 'DRIVER_ID', 'EMAIL', 'INTERNATIONAL_BANK_ACCOUNT_NUMBER', 'IP_ADDRESS'],
  ...['LICENSE_PLATE', 'MAC_ADDRESS', 'NAME', 'PASSWORD', 'PHONE', 'PIN', 'SWIFT_CODE', 'UK_NATIONAL_HEALTH_SERVICE_NUMBER'],
  ...['UK_NATIONAL_INSURANCE_NUMBER', 'UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER', 'URL', 'USERNAME', 'US_BANK_ACCOUNT_NUMBER'],
  ...['US_BANK_ROUTING_NUMBER', 'US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER', 'US_PASSPORT_NUMBER', 'US_SOCIAL_SECURITY_NUMBER'],
  'VEHICLE_IDENTIFICATION_NUMBER',
];

const topic = z.strictObject({
  /** People read it when it stops something of theirs. */
  name: z.string().regex(/^[0-9a-zA-Z\-_ !?.]{1,100}$/, 'letters, digits and -_ !?. in Latin, at most 100'),
  /** What belongs to it, as one would tell a colleague. */
  definition: z.string().trim().min(1).max(200),
  /** Questions and sentences that belong to it. */
  examples: z.array(z.string().trim().min(1).max(100)).max(5).default([]),
});

const areAllDifferent = (texts: readonly string[]) => new Set(texts).size === texts.length;

/** What the company's guardrail does beside looking for harmful content and for attacks, which it always does. */
export const guardrailSchema = z.strictObject({
  /** One that the company has, instead of one of Vera's own: what it judges is the company's business. */
  existing: z
    .strictObject({
      id: z.string().regex(/^[a-z0-9]{1,64}$/, 'the id of a guardrail, lower-case letters and digits, not its ARN'),
      /** A draft changes under the feet of whoever uses it. */
      version: z.string().regex(/^[1-9]\d{0,7}$/, 'a published version, such as "3"'),
    })
    .optional(),
  /** Kinds of personal data that are masked, in what people ask, in what tools and files say, and in answers. */
  mask: z.array(z.enum(personalData)).refine(areAllDifferent, 'one kind is there twice').default([]),
  /** What nobody is to ask Vera, and it is not to speak of. */
  topics: z
    .array(topic)
    .max(30)
    .refine((topics) => areAllDifferent(topics.map(({ name }) => name)), 'each topic needs a name of its own')
    .default([]),
});
