import type { Model } from '@vera/bedrock-stand-in/model';
import { checkOpenAiModel, openAiModel } from '@vera/bedrock-stand-in/open-ai-model';
import { rehearsalModel } from '@vera/bedrock-stand-in/rehearsal-model';
import { UsageError } from '@vera/operate/usage-error';
import type { Options } from './options.ts';

export interface ChosenModel {
  readonly model: Model;
  /** For the person who started the system. */
  readonly description: string;
}

/** The model that answers; throws `UsageError` when the one asked for cannot be reached. */
export async function chooseModel(
  { isRealBedrock }: Options,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ChosenModel> {
  const { VERA_MODEL_URL: url, VERA_MODEL: wanted, VERA_MODEL_KEY: apiKey } = environment;
  if (isRealBedrock) return { model: rehearsalModel({}), description: 'the real Amazon Bedrock, with your AWS credentials' };
  if (!url)
    return {
      model: rehearsalModel({}),
      description: 'the rehearsal model (no network, no intelligence: set VERA_MODEL_URL for a real one)',
    };
  const settings = { url, ...(wanted ? { model: wanted } : {}), ...(apiKey ? { apiKey } : {}) };
  try {
    const { name, takesTools } = await checkOpenAiModel(settings);
    const without = takesTools === false ? ' (this model takes no tools: it looks nothing up)' : '';
    const known = takesTools === undefined ? {} : { takesTools };
    return { model: openAiModel({ ...settings, ...known, model: name }), description: `${name} at ${url}${without}` };
  } catch (cause) {
    throw new UsageError(`VERA_MODEL_URL=${url}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
