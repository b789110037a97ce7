import { describe, expect, test } from 'vitest';
import { maskedKinds, policiesWords } from '../../src/guardrail/policy.ts';
import { tracedVerdict, verdictOf } from '../../src/guardrail/verdict.ts';

const topic = { topicPolicy: { topics: [{ name: 'Salaries', type: 'DENY', action: 'BLOCKED', detected: true }] } };
const email = { match: 'ann@x.test', type: 'EMAIL', action: 'ANONYMIZED', detected: true };
const masked = { sensitiveInformationPolicy: { piiEntities: [email], regexes: [] } };
const quiet = {
  invocationMetrics: { guardrailProcessingLatency: 1, usage: { topicPolicyUnits: 2, sensitiveInformationPolicyFreeUnits: 9 } },
};

describe('a verdict', () => {
  test.each([
    ['nothing found', [quiet], false, 'clean'],
    ['no assessment at all', [], false, 'clean'],
    ['M18 only masked', [masked], true, 'masked'],
    ['M18 masked, and a topic beside it', [{ ...masked, ...topic }], true, 'blocked'],
    ['M18 masked in one assessment, blocked in the next', [masked, topic], true, 'blocked'],
    ['M20 it intervened and says nothing of how', [], true, 'blocked'],
    ['M20 it intervened and only measured', [quiet], true, 'blocked'],
    [
      'M20 blocked, and not said whether detected',
      [{ topicPolicy: { topics: [{ name: 'Salaries', action: 'BLOCKED' }] } }],
      true,
      'blocked',
    ],
    [
      'M20 masked, and a topic found of which it does not say what was done',
      [{ ...masked, topicPolicy: { topics: [{ name: 'Salaries', type: 'DENY', detected: true }] } }],
      true,
      'blocked',
    ],
    ['M20 masked, and a word that is named and no more', [{ ...masked, wordPolicy: { customWords: [{ match: 'x' }] } }], true, 'blocked'],
    [
      'found, and neither stopped nor masked by what it says',
      [{ contentPolicy: { filters: [{ type: 'HATE', detected: true }] } }],
      false,
      'blocked',
    ],
    ['not found, and no more said', [{ contentPolicy: { filters: [{ type: 'HATE', detected: false }] } }], false, 'clean'],
    ['M20 blocked, though it says it did not intervene', [topic], false, 'blocked'],
    ['M20 an action that nobody knows', [{ wordPolicy: { customWords: [{ match: 'x', action: 'REWRITTEN' }] } }], true, 'blocked'],
    ['M20 a policy that nobody knows, with an action', [{ toxicityPolicy: { findings: [{ action: 'BLOCKED' }] } }], true, 'blocked'],
    ['M20 a policy that nobody knows, which masked', [{ secretsPolicy: { found: [{ action: 'ANONYMIZED' }] } }], true, 'blocked'],
    ['M20 a policy that nobody knows, without an action', [{ ...masked, toxicityPolicy: { score: 1 } }], true, 'blocked'],
    ['looked for and not found', [{ topicPolicy: { topics: [{ name: 'Salaries', action: 'NONE', detected: false }] } }], false, 'clean'],
    [
      'found, and only to be reported',
      [{ topicPolicy: { topics: [{ name: 'Salaries', action: 'NONE', detected: true }] } }],
      false,
      'clean',
    ],
    ['an unknown policy that found nothing', [{ toxicityPolicy: { findings: [{ action: 'NONE' }] } }], false, 'clean'],
    ['no object where one should be', [null, 7, { topicPolicy: null }], true, 'blocked'],
  ])('%s', (_, assessments, intervened, kind) => {
    expect(verdictOf(assessments, intervened).kind).toBe(kind);
  });

  test('on a call of the model says whether what went in or what came out was stopped', () => {
    const trace = (guardrail: object) => tracedVerdict({ guardrail }, true);
    expect(trace({ inputAssessment: { g: topic } })).toMatchObject({ on: 'question', verdict: { kind: 'blocked' } });
    expect(trace({ inputAssessment: { g: quiet }, outputAssessments: { g: [quiet, topic] } })).toMatchObject({
      on: 'answer',
      verdict: { kind: 'blocked' },
      units: 4,
    });
    expect(trace({ inputAssessment: { g: masked }, outputAssessments: { g: [quiet] } }).verdict).toMatchObject({ kind: 'masked' });
    expect(tracedVerdict(undefined, true)).toMatchObject({ verdict: { kind: 'blocked', policies: [] } });
    expect(tracedVerdict(undefined, false)).toMatchObject({ verdict: { kind: 'clean' } });
  });

  test('R22 every policy has words, an unknown one too, and none holds what was found', () => {
    const all = {
      ...topic,
      contentPolicy: {
        filters: ['VIOLENCE', 'PROMPT_ATTACK', 'NEW_KIND'].map((type) => ({ type, confidence: 'HIGH', action: 'BLOCKED' })),
      },
      wordPolicy: {
        customWords: [{ match: 'bluebird', action: 'BLOCKED' }],
        managedWordLists: [{ match: 'darn', type: 'PROFANITY', action: 'BLOCKED' }],
      },
      sensitiveInformationPolicy: {
        piiEntities: [{ match: '4111', type: 'CREDIT_DEBIT_CARD_NUMBER', action: 'BLOCKED' }],
        regexes: [{ name: 'Badge', match: 'NW-1', regex: 'NW', action: 'BLOCKED' }],
      },
      contextualGroundingPolicy: { filters: [{ type: 'GROUNDING', score: 0.1, action: 'BLOCKED' }] },
      laterPolicy: { entries: [{ action: 'BLOCKED', match: 'later' }] },
    };
    const verdict = verdictOf([all], true);
    const words = policiesWords(verdict.kind === 'blocked' ? verdict.policies : []);
    expect(words).toBe(
      'the topic “Salaries”, violence, an attempt to change my instructions, harmful content, words that are not to be used, ' +
        'personal data (credit debit card number), values of the form “Badge”, statements without a source and a rule that I cannot name',
    );
    expect(JSON.stringify(verdict)).not.toMatch(/bluebird|darn|4111|NW-1|later/);
    expect(policiesWords([])).toBe('a rule that I cannot name');
    expect(
      maskedKinds([
        { kind: 'personal', type: 'EMAIL' },
        { kind: 'personal', type: 'US_SOCIAL_SECURITY_NUMBER' },
        { kind: 'pattern', name: '' },
      ]),
    ).toEqual(['e-mail address', 'US social security number', 'a protected value']);
  });
});
