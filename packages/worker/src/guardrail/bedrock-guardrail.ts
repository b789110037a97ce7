import { ApplyGuardrailCommand, BedrockRuntimeClient, type BedrockRuntimeClientConfig } from '@aws-sdk/client-bedrock-runtime';
import { type ApplyGuardrail, GuardrailError, isTooLong } from './apply-guardrail.ts';
import { unitsOf } from './verdict.ts';

export function createBedrockGuardrail(
  clientConfig: BedrockRuntimeClientConfig,
  { id, version }: { id: string; version: string },
): ApplyGuardrail {
  const client = new BedrockRuntimeClient(clientConfig);
  return async (text, source, abortSignal) => {
    const content = [{ text: { text } }];
    const command = new ApplyGuardrailCommand({ guardrailIdentifier: id, guardrailVersion: version, source, content });
    try {
      const { action, outputs = [], assessments = [], usage } = await client.send(command, { abortSignal });
      // Anything but a plain "none" is an intervention.
      return { intervened: action !== 'NONE', output: outputs[0]?.text, assessments, units: unitsOf(usage) };
    } catch (cause) {
      throw new GuardrailError(codeOf(cause), { cause });
    }
  };
}

const passing = new Set(['ThrottlingException', 'ServiceUnavailableException', 'InternalServerException', 'TimeoutError']);

function codeOf(error: unknown): GuardrailError['code'] {
  if (!(error instanceof Error)) return 'failed';
  if (isTooLong(error)) return 'too-large';
  return passing.has(error.name) ? 'throttled' : 'failed';
}
