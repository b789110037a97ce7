import { GetFunctionUrlConfigCommand } from '@aws-sdk/client-lambda';
import { askIfThere } from './ask.ts';
import type { Patient } from './check.ts';

export const addressRight = 'lambda:GetFunctionUrlConfig';

/** The functions' own, and those that Slack and people are told. */
export async function addressesOf({ clients, nameOf, front, portalUrl }: Pick<Patient, 'clients' | 'nameOf' | 'front' | 'portalUrl'>) {
  const urlOf = async (role: string) =>
    (await askIfThere(addressRight, () => clients('lambda').send(new GetFunctionUrlConfigCommand({ FunctionName: nameOf(role) }))))
      ?.FunctionUrl;
  const [receiver, portal] = await Promise.all([urlOf('receiver'), urlOf('auth-portal')]);
  const told = {
    receiver: receiver && (front ? `https://${front.receiver}/` : receiver),
    portal: front ? `https://${front.portal}/` : (portalUrl ?? portal),
  };
  return { own: [receiver, portal], ...told };
}
