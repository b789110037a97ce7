import { GetFoundationModelAvailabilityCommand, GetInferenceProfileCommand } from '@aws-sdk/client-bedrock';
import { ails, type Finding, lives } from '../../check/finding.ts';
import { askIfThere } from '../ask.ts';
import type { Check, Patient } from '../check.ts';

const part = 'model';
const rights = { profile: 'bedrock:GetInferenceProfile', access: 'bedrock:GetFoundationModelAvailability' };

export const modelsCheck: Check = {
  part,
  asks: 'May this account ask the models of the settings from this region?',
  rights: Object.values(rights),
  concerns: ({ settings }) => settings !== undefined,
  async look(patient) {
    const { id, helpers = {} } = patient.settings?.model ?? {};
    const ids = [...new Set([id ?? '', ...Object.values(helpers)])];
    const faults = (await Promise.all(ids.map((one) => lookAt(one, patient)))).flat();
    return faults.length > 0 ? faults : [lives(part, `${ids.join(', ')}: may be asked`)];
  },
};

async function lookAt(inferenceProfileIdentifier: string, { clients, region }: Patient): Promise<Finding[]> {
  const bedrock = clients('bedrock');
  const profile = await askIfThere(rights.profile, () => bedrock.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier })));
  if (profile === undefined)
    return [
      ails(
        part,
        `${inferenceProfileIdentifier} is not there in ${region}`,
        `aws bedrock list-inference-profiles --region ${region}, then model.id of the settings`,
      ),
    ];
  // One profile asks the same model in several regions.
  const models = [...new Set((profile.models ?? []).map(({ modelArn }) => modelArn?.split('/').at(-1) ?? ''))];
  const found = await Promise.all(
    models.map(async (modelId) => {
      const access = await askIfThere(rights.access, () => bedrock.send(new GetFoundationModelAvailabilityCommand({ modelId })));
      return { modelId, access };
    }),
  );
  return found.flatMap(({ modelId, access }) => faultsOf(modelId, access));
}

interface Access {
  readonly agreementAvailability?: { readonly status?: string | undefined } | undefined;
  readonly authorizationStatus?: string | undefined;
  readonly entitlementAvailability?: string | undefined;
}

/** Whether the model itself is in the region is left aside: a profile asks it where it is. */
function faultsOf(modelId: string, access: Access | undefined): Finding[] {
  if (access === undefined)
    return [ails(part, `${modelId} is there no longer: AWS has retired it`, 'choose its successor as model.id of the settings')];
  if (access.agreementAvailability?.status !== 'AVAILABLE')
    return [
      ails(
        part,
        `nobody of this account has agreed to the terms of ${modelId} (${access.agreementAvailability?.status ?? 'unknown'})`,
        'the console of Bedrock → Model catalog → the model → Open in playground, and ask it once',
      ),
    ];
  if (access.authorizationStatus !== 'AUTHORIZED')
    return [
      ails(
        part,
        `this account may not ask ${modelId}: AWS says ${access.authorizationStatus}`,
        'let whoever looks after the organisation’s policies allow it',
      ),
    ];
  if (access.entitlementAvailability !== 'AVAILABLE')
    return [ails(part, `this account has no right to ${modelId} yet`, 'the console of Bedrock → Model catalog → the model')];
  return [];
}
