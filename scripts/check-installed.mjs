// Plain JavaScript: where the install failed, this runs on the machine's own Node, which may know no TypeScript.
import { existsSync } from 'node:fs';

const [major] = process.versions.node.split('.');
if (Number(major) < 24 || !existsSync(new URL('../node_modules/esbuild', import.meta.url))) {
  process.stderr.write('What Vera needs could not be installed; the reason stands above. With a network, run the same command again.\n');
  process.exitCode = 1;
}
