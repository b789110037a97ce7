/** As much of CycloneDX as pnpm writes. */
export interface PartsList {
  readonly components: readonly object[];
}

/**
 * What pnpm tells of the packages that are bundled, and beside them what no lock file knows: the image that all of it stands on, and the program of
 * the larger target.
 */
export function listOfParts(packages: PartsList, recipe: string, { base, target }: { base: string; target: string }): PartsList {
  const [, version, digest] = /^node:([^@]+)@sha256:(\w+)$/.exec(base) ?? [];
  const image = {
    type: 'container',
    name: 'node',
    version,
    purl: `pkg:oci/node@sha256%3A${digest}?repository_url=docker.io%2Flibrary%2Fnode&tag=${version}`,
    hashes: [{ alg: 'SHA-256', content: digest }],
  };
  const [, azure] = /@azure\/mcp-\$package@([\d.]+)"/.exec(recipe) ?? [];
  const program = {
    type: 'application',
    name: 'mcp-linux-arm64',
    group: '@azure',
    version: azure,
    purl: `pkg:npm/%40azure/mcp-linux-arm64@${azure}`,
  };
  return { ...packages, components: [...packages.components, image, ...(target === 'with-local-servers' ? [program] : [])] };
}
