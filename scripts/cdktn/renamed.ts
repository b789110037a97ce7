/** What takes the place of the archived cdktf, tried together by `pnpm cdktn-check`. */
const versions = { cdktn: '0.24.0', 'cdktn-cli': '0.24.0', '@cdktn/provider-aws': '25.7.0', constructs: '10.7.2' } as const;

/** Files that say what is installed: the image is made of them too, so that it is built anew after the move, as after any update. */
export const manifests = ['stacks/package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml'] as const;

/** A file of the repository as it reads on the fork cdktn; most stay as they are. */
export function renamed(path: string, text: string): string {
  if (path === 'stacks/package.json') return renamedManifest(text);
  if (path === 'stacks/cdktf.mjs') return text.replace('cdktf-cli/bundle/bin/cdktf.js', 'cdktn-cli/bundle/bin/cdktn.js');
  if (path === 'pnpm-workspace.yaml') return `${text.trimEnd()}\n${overrides}`;
  if (path === 'knip.json') return text.replace('"cdktf-cli"', '"cdktn-cli"');
  if (!/^stacks\/.+\.ts$/.test(path)) return text;
  return text.replaceAll(/(?<=\bfrom ')cdktf(?=')/g, 'cdktn').replaceAll(/(?<=\bfrom ')@cdktf\/(?=provider-aws\/)/g, '@cdktn/');
}

// No npm package has the null provider for cdktn. The one for cdktf works with it under the old name; one copy of constructs for all.
const overrides = `
overrides:
  cdktf: npm:cdktn@${versions.cdktn}
  constructs: ${versions.constructs}
`;

function renamedManifest(text: string): string {
  const manifest = JSON.parse(text) as { dependencies: Record<string, string> };
  const kept = Object.entries(manifest.dependencies).filter(([name]) => !/^(?:cdktf|cdktf-cli|@cdktf\/provider-aws)$/.test(name));
  const dependencies = Object.fromEntries([...kept, ...Object.entries(versions)].sort(([one], [other]) => (one < other ? -1 : 1)));
  return `${JSON.stringify({ ...manifest, dependencies }, null, 2)}\n`;
}
