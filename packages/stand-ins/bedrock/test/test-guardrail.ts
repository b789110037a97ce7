import type { Guardrail } from '../src/guardrail/guardrail.ts';

/** A guardrail with something of every policy. */
export const testGuardrail: Guardrail = {
  id: 'guardrail01',
  version: '1',
  topics: [{ name: 'Salaries', about: /\bsalar(?:y|ies) of\b/i }],
  content: [
    { type: 'VIOLENCE', marker: /\bbeat him up\b/i },
    { type: 'PROMPT_ATTACK', marker: /\bignore (?:all|your) previous instructions\b/i },
  ],
  words: ['Project Bluebird'],
  profanity: ['gosh darn'],
  personal: [
    { type: 'EMAIL', form: /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/, action: 'ANONYMIZED' },
    { type: 'CREDIT_DEBIT_CARD_NUMBER', form: /\b\d{4}(?: ?\d{4}){3}\b/, action: 'ANONYMIZED' },
    { type: 'US_SOCIAL_SECURITY_NUMBER', form: /\b\d{3}-\d{2}-\d{4}\b/, action: 'BLOCKED' },
  ],
  patterns: [{ name: 'Badge', regex: /\bNW-\d{6}\b/, action: 'ANONYMIZED' }],
  blockedInput: 'Not this.',
  blockedOutput: 'Not that.',
};
