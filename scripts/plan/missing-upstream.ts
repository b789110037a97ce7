/** The stack whose outputs Terraform did not find, when that is why a plan failed. */
export function missingUpstreamOf(output: string): string | undefined {
  if (!/Unable to find remote state|No stored state was found|This object does not have an attribute named/.test(output)) return undefined;
  return /cross-stack-reference-input-([\w-]+)/.exec(output)?.[1];
}
