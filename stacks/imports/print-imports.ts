// `pnpm imports`: the commands that bring what is there into Terraform's hands; docs/deploy.md says when.
import { readCommandLine } from '../command-line.ts';
import { stacksOf } from '../permissions/stacks-json.ts';
import { withSettings } from '../settings/load-settings.ts';
import { importLinesOf } from './import-lines.ts';

readCommandLine({
  help: `Usage: pnpm --silent imports > imports.sh

Prints one \`terraform import\` for each resource that may be there already. docs/deploy.md says when, and what comes before. Calls nobody.
VERA_ENVIRONMENT names the file of stacks/environments; trial otherwise.`,
});

await withSettings(process.env.VERA_ENVIRONMENT, (settings) => {
  const lines = importLinesOf(stacksOf(settings), settings).map(({ stack, address, id }) => {
    const quote = id.includes('$(') ? '"' : "'";
    return `terraform -chdir=cdktf.out/stacks/${stack} import '${address}' ${quote}${id}${quote}`;
  });
  process.stdout.write(`export AWS_REGION=${settings.region}\n${lines.join('\n')}\n`);
});
