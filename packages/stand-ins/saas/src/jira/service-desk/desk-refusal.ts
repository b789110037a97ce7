import { SaasRefusal } from '../../http/saas-refusal.ts';

/** Service Management words its refusals otherwise than the rest of Jira. */
export function deskRefusal(status: number, errorMessage: string): SaasRefusal {
  return new SaasRefusal(status, { errorMessage, i18nErrorMessage: { i18nKey: 'sd.error', parameters: [] } });
}
