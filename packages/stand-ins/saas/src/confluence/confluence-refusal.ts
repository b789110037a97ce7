import { SaasRefusal } from '../http/saas-refusal.ts';

/** A refusal as version 2 of the API words it. */
export function confluenceRefusal(
  status: number,
  code: string,
  title: string,
  headers: Readonly<Record<string, string>> = {},
): SaasRefusal {
  return new SaasRefusal(status, { errors: [{ status, code, title, detail: null }] }, headers);
}

/** Confluence does not say whether something is missing or hidden. */
export function notFound(): SaasRefusal {
  return confluenceRefusal(404, 'NOT_FOUND', 'Not Found');
}

/** A refusal of the search, which is of version 1. */
export function cqlRefusal(reason: string): SaasRefusal {
  return new SaasRefusal(400, {
    statusCode: 400,
    data: { authorized: true, valid: true, errors: [], successful: true },
    message: `com.atlassian.confluence.api.service.exceptions.api.BadRequestException: Could not parse cql : ${reason}`,
  });
}
