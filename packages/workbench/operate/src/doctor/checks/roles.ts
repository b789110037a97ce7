import type { Check } from '../check.ts';
import { lookAtRoles, roleRights } from '../look-at-roles.ts';

export const rolesCheck: Check = {
  part: 'roles',
  asks: 'Do the roles that you keep yourselves allow what runs with them?',
  rights: roleRights,
  concerns: ({ settings }) => Object.keys(settings?.roles ?? {}).length > 0,
  look: ({ clients, sources }) => lookAtRoles(sources.roleDocuments(), clients),
};
