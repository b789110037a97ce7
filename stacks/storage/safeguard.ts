import { BedrockGuardrail } from '@cdktf/provider-aws/lib/bedrock-guardrail/index.js';
import { BedrockGuardrailVersion } from '@cdktf/provider-aws/lib/bedrock-guardrail-version/index.js';
import { Construct } from 'constructs';
import { addressOf } from '../constructs/address-of.ts';
import { shared } from '../constructs/shared.ts';
import { nameOf } from '../settings/names.ts';
import type { Settings } from '../settings/settings.ts';

interface SafeguardProps {
  readonly settings: Settings;
}

/** That of the company, where the settings name one. */
export function existingSafeguardOf({
  guardrail: { existing },
  region,
  account,
}: Settings): Pick<Safeguard, 'id' | 'version' | 'arn'> | undefined {
  return existing && { ...existing, arn: `arn:aws:bedrock:${region}:${account}:guardrail/${existing.id}` };
}

const harmful = ['HATE', 'INSULTS', 'SEXUAL', 'VIOLENCE', 'MISCONDUCT'];

/** Bedrock's guardrail, and the published version of it that is used: a draft changes under the feet of whoever uses it. */
export class Safeguard extends Construct {
  readonly id: string;
  readonly arn: string;
  readonly version: string;

  constructor(scope: Construct, id: string, { settings }: SafeguardProps) {
    super(scope, id);
    const { mask, topics } = settings.guardrail;
    const guardrail = new BedrockGuardrail(this, 'guardrail', {
      name: nameOf(settings),
      description: 'What Vera neither takes in nor says',
      blockedInputMessaging: 'I cannot help with this: the company’s guardrail stopped the question. Please ask it in other words.',
      blockedOutputsMessaging: 'I had an answer, but the company’s guardrail stopped it. Please ask for something narrower.',
      contentPolicyConfig: [
        {
          filtersConfig: [
            ...harmful.map((type) => ({ type, inputStrength: 'MEDIUM', outputStrength: 'MEDIUM' })),
            // Bedrock looks for attacks in what comes in only; the output strength has to be NONE.
            { type: 'PROMPT_ATTACK', inputStrength: 'HIGH', outputStrength: 'NONE' },
          ],
        },
      ],
      ...(mask.length > 0
        ? { sensitiveInformationPolicyConfig: [{ piiEntitiesConfig: mask.map((type) => ({ type, action: 'ANONYMIZE' })) }] }
        : {}),
      ...(topics.length > 0 ? { topicPolicyConfig: [{ topicsConfig: topics.map((topic) => ({ ...topic, type: 'DENY' })) }] } : {}),
    });
    const published = new BedrockGuardrailVersion(this, 'version', {
      guardrailArn: guardrail.guardrailArn,
      description: 'made with the guardrail',
      // The version in use must not go before its successor is.
      skipDestroy: true,
      lifecycle: { replaceTriggeredBy: [addressOf(guardrail)] },
    });
    this.id = shared(this, 'guardrail_id', guardrail.guardrailId);
    this.arn = shared(this, 'guardrail_arn', guardrail.guardrailArn);
    this.version = shared(this, 'guardrail_version', published.version);
  }
}
