import type { Guardrail } from '@vera/bedrock-stand-in/guardrail/guardrail';
import { names } from './names.ts';

/** The company's content rules, as one would write them into the settings: one topic is nobody's business, and card numbers are masked. */
export const demoGuardrail: Guardrail = {
  id: names.guardrailId,
  version: names.guardrailVersion,
  topics: [
    {
      name: 'Salaries of colleagues',
      about:
        /\b(?:salar(?:y|ies)|pay ?check|wages?) (?:of|for)\b|\b\p{L}+[’']s (?:salary|pay ?check|wages?)\b|\bwhat (?:do|does) .{1,40} (?:earn|make a year)\b/iu,
    },
  ],
  personal: [{ type: 'CREDIT_DEBIT_CARD_NUMBER', form: /\b\d{4}(?:[ -]?\d{4}){3}\b/, action: 'ANONYMIZED' }],
  blockedInput: 'I cannot help with this: the company’s guardrail stopped the question. Please ask it in other words.',
  blockedOutput: 'I had an answer, but the company’s guardrail stopped it. Please ask for something narrower.',
};
