import type { Json } from '../src/json/json.ts';
import { type Case, variables } from './weakening-cases.ts';

export const filters = (...filters_config: Json[]) => ({ content_policy_config: [{ filters_config }] });
const personal = (...pii_entities_config: Json[]) => ({ sensitive_information_policy_config: [{ pii_entities_config }] });
export const attack = (input_strength: string, rest: object = {}) => ({
  type: 'PROMPT_ATTACK',
  input_strength,
  output_strength: 'NONE',
  ...rest,
});
const topic = (name: string) => ({ name, type: 'DENY', definition: `about ${name}` });
const topics = (...topics_config: Json[]) => ({ topic_policy_config: [{ topics_config }] });

export const guardrails: readonly Case[] = [
  [
    'a filter that is taken out',
    'aws_bedrock_guardrail',
    [filters(attack('HIGH'), { type: 'HATE' }), filters(attack('HIGH'))],
    'the filter `HATE` is taken out',
  ],
  ['all filters', 'aws_bedrock_guardrail', [filters(attack('HIGH')), {}], 'the filter `PROMPT_ATTACK` is taken out'],
  [
    'a lower strength',
    'aws_bedrock_guardrail',
    [filters(attack('HIGH')), filters(attack('LOW'))],
    'the filter `PROMPT_ATTACK` is weaker (`input_strength`: `HIGH` → `LOW`)',
  ],
  [
    'a filter that only tells',
    'aws_bedrock_guardrail',
    [filters(attack('HIGH', { input_action: 'BLOCK' })), filters(attack('HIGH', { input_action: 'NONE' }))],
    '`input_action`: `BLOCK` → `NONE`',
  ],
  [
    'a filter that is off',
    'aws_bedrock_guardrail',
    [filters(attack('HIGH', { input_enabled: true })), filters(attack('HIGH', { input_enabled: false }))],
    '`input_enabled`: `true` → `false`',
  ],
  ['a topic', 'aws_bedrock_guardrail', [topics(topic('law'), topic('pay')), topics(topic('law'))], 'the topic `pay` is taken out'],
  [
    'a topic described otherwise',
    'aws_bedrock_guardrail',
    [topics(topic('law')), topics({ ...topic('law'), definition: 'x' })],
    'the topic `law` looks for something else',
  ],
  [
    'a word',
    'aws_bedrock_guardrail',
    [{ word_policy_config: [{ words_config: [{ text: 'acme' }] }] }, { word_policy_config: [] }],
    'the word `acme` is taken out',
  ],
  [
    'personal data that is masked only',
    'aws_bedrock_guardrail',
    [personal({ type: 'EMAIL', action: 'BLOCK' }), personal({ type: 'EMAIL', action: 'ANONYMIZE' })],
    'the kind of personal data `EMAIL` is weaker (`action`: `BLOCK` → `ANONYMIZE`)',
  ],
  [
    'personal data',
    'aws_bedrock_guardrail',
    [personal({ type: 'EMAIL', action: 'BLOCK' }), personal()],
    'the kind of personal data `EMAIL` is taken out',
  ],
  [
    'grounding',
    'aws_bedrock_guardrail',
    [
      { contextual_grounding_policy_config: [{ filters_config: [{ type: 'GROUNDING', threshold: 0.8 }] }] },
      { contextual_grounding_policy_config: [{ filters_config: [{ type: 'GROUNDING', threshold: 0.2 }] }] },
    ],
    '`threshold`: `0.8` → `0.2`',
  ],
  [
    'the guardrail that a program uses',
    'aws_lambda_function',
    [variables({ GUARDRAIL_ID: 'abc' }), variables({ A: 'b' })],
    'works without its guardrail from now on (`GUARDRAIL_ID` is empty)',
  ],
  [
    'another guardrail that a program uses',
    'aws_lambda_function',
    [variables({ GUARDRAIL_ID: 'abc' }), variables({ GUARDRAIL_ID: 'abd' })],
    'works with another guardrail than before (`GUARDRAIL_ID`: `abc` → `abd`)',
  ],
  [
    'a draft of it',
    'aws_lambda_function',
    [variables({ GUARDRAIL_VERSION: '3' }), variables({ GUARDRAIL_VERSION: 'DRAFT' })],
    'works with a draft of its guardrail',
  ],
  [
    'an earlier version of it',
    'aws_lambda_function',
    [variables({ GUARDRAIL_VERSION: '13' }), variables({ GUARDRAIL_VERSION: '2' })],
    'works with an earlier version of its guardrail',
  ],
  [
    'pictures',
    'aws_bedrock_guardrail',
    [filters(attack('HIGH', { input_modalities: ['TEXT', 'IMAGE'] })), filters(attack('HIGH', { input_modalities: ['TEXT'] }))],
    'the filter `PROMPT_ATTACK` no longer looks at `IMAGE` (`input_modalities`)',
  ],
  [
    'its tier',
    'aws_bedrock_guardrail',
    [
      { content_policy_config: [{ tier_config: [{ tier_name: 'STANDARD' }] }] },
      { content_policy_config: [{ tier_config: [{ tier_name: 'CLASSIC' }] }] },
    ],
    'judges otherwise than before (`content_policy_config.tier_config.tier_name`: `STANDARD` → `CLASSIC`)',
  ],
];
