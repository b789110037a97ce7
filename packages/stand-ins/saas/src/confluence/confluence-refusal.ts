import type { AtlassianPerson } from '../atlassian/atlassian-site.ts';
import { SaasRefusal } from '../http/saas-refusal.ts';
import { type ConfluencePage, type ConfluenceState, visiblePages } from './confluence-state.ts';

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

/** The page of an id, as far as the person may know of it. */
export function requirePage(id: string | undefined, person: AtlassianPerson, state: ConfluenceState): ConfluencePage {
  if (!/^\d+$/.test(id ?? '')) {
    throw confluenceRefusal(
      400,
      'INVALID_REQUEST_PARAMETER',
      `Provided value {${id}} for 'id' is not the correct type. Expected type is long`,
    );
  }
  const page = visiblePages(state, person).find((one) => one.id === id);
  if (!page) throw notFound();
  return page;
}

export function requireWriter({ readsOnly }: AtlassianPerson): void {
  if (readsOnly) throw confluenceRefusal(403, 'FORBIDDEN', 'You do not have permission to perform this operation.');
}
