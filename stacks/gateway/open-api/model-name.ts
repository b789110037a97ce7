import type { OpenApiFinding } from './open-api-finding.ts';

/**
 * Bedrock and Claude refuse the whole request over one field of a tool that is called anything else:
 * "Property keys should match pattern '^[a-zA-Z0-9_.-]{1,64}$'". So `statuses[]` cannot be a field.
 */
const allowed = /^[a-zA-Z0-9_.-]{1,64}$/;

/** A finding if a model could not be given a field of this name. */
export function modelName(name: string, where: string): OpenApiFinding | undefined {
  if (allowed.test(name)) return undefined;
  return {
    where,
    what: `the name ${JSON.stringify(name)}`,
    why: `fields of a tool match ${allowed.source}; Bedrock refuses the whole request over one that does not`,
    fix: 'leave it out, or use another part of the API that needs no such name',
  };
}
