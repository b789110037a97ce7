// `node scripts/terraform-check.ts [--if-there] …`: real Terraform over the synthesised stacks, offline. Validates, plans, applies, finds nothing
// to change, destroys. It needs a foreign AWS emulator and a provider's binary (REAL_AWS_PROVIDER, or where it finds one), so the script that
// does it lies beside the project, or where TERRAFORM_CHECK says, on machines that have them. What else is said here is meant for that script.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const { TERRAFORM_CHECK } = process.env;
const forCheck = process.argv.slice(2).filter((word) => word !== '--if-there');
const isOptional = process.argv.includes('--if-there');
const check = TERRAFORM_CHECK || globSync('../*/tools/terraform/check.mjs')[0];
const folderOf = (option: string) => (forCheck.includes(option) ? forCheck[forCheck.indexOf(option) + 1] : undefined);
const out = folderOf('--out') ?? 'cdktf.out';

if (!TERRAFORM_CHECK && check === undefined)
  process.exitCode = notChecked('the script that does it is not beside the project (TERRAFORM_CHECK).');
else if (spawnSync('terraform', ['version']).error) process.exitCode = notChecked('it is not on this machine.');
else if (check === undefined || !existsSync(check)) process.exitCode = refuse(`${check}, which TERRAFORM_CHECK names, is not there.`);
else if (!existsSync(join(out, 'manifest.json'))) process.exitCode = refuse(`${out}/manifest.json is not there: run \`pnpm synth\` first.`);
else process.exitCode = await run(check);

async function run(script: string): Promise<number> {
  // Providers are stood in for there, and no lock file knows their hashes.
  for (const folder of [out, folderOf('--then') ?? out])
    for (const lock of globSync('stacks/*/.terraform.lock.hcl', { cwd: folder })) rmSync(join(folder, lock));
  // The foreign emulator knows no runtime of AgentCore in a template, no secret either, no logs that AgentCore delivers, and forgets parts of a
  // distribution.
  const port = String(await freePort());
  const standIn = spawn(process.execPath, ['scripts/stand-in-for-terraform.ts', port], { stdio: 'ignore' });
  const place = `http://127.0.0.1:${port}`;
  const hasFront = existsSync(join(out, 'stacks/front'));
  const keptByStandIn = [
    ...['', '_source', '_destination'].map((part) => `aws_cloudwatch_log_delivery${part}`),
    ...(hasFront ? ['aws_cloudfront_distribution'] : []),
  ];
  const env = {
    ...{ ...process.env, AWS_ENDPOINT_URL_CLOUDFORMATION: place, PLATFORM_CHECK: 'off', STUB_LOCAL: keptByStandIn.join() },
    ...(hasFront ? { AWS_ENDPOINT_URL_SECRETS_MANAGER: place } : {}),
  };
  const passes = async () => {
    const [status] = await once(spawn('node', [script, ...forCheck], { stdio: ['ignore', 'inherit', 'inherit'], env }), 'close');
    return status === 0;
  };
  try {
    if (await passes()) return 0;
    // Under load the foreign emulator now and then breaks off an answer; a real fault fails twice.
    console.log('!! Once more');
    return (await passes()) ? 0 : 1;
  } finally {
    standIn.kill();
  }
}

function notChecked(why: string): number {
  if (!isOptional) return refuse(`the stacks cannot be run through Terraform here, for ${why}`);
  console.log(`!! NOT CHECKED: the stacks were not run through Terraform, for ${why}`);
  return 0;
}

function refuse(why: string): number {
  console.error(`terraform-check: ${why}`);
  return 2;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
