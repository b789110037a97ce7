import { SaasRefusal } from '../http/saas-refusal.ts';

/** A refusal in PagerDuty's form: its own number for the kind, and what is wrong. */
export function pagerDutyRefusal(
  status: number,
  code: number,
  message: string,
  details: { readonly errors?: readonly string[]; readonly headers?: Readonly<Record<string, string>> } = {},
): SaasRefusal {
  const { errors, headers = {} } = details;
  return new SaasRefusal(status, { error: { message, code, ...(errors ? { errors } : {}) } }, headers);
}

export function pagerDutyNotFound(): SaasRefusal {
  return pagerDutyRefusal(404, 2100, 'Not Found');
}

export function invalidInput(...errors: string[]): SaasRefusal {
  return pagerDutyRefusal(400, 2001, 'Invalid Input Provided', { errors });
}
