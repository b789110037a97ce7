// `node scripts/terraform-check.ts [--if-there] …`: real Terraform over the synthesised stacks, offline. Validates, plans, applies, finds nothing
// to change, destroys. It needs a foreign AWS emulator and a provider's binary (REAL_AWS_PROVIDER, or where it finds one), so the script that
// does it is no part of the project: it lies beside it, or where TERRAFORM_CHECK says, on machines that have them. What else is said here is
// meant for that script. Without it, `--if-there` has Terraform validate each stack by itself. `--is-there` only tells whether it could run.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { tellNotChecked } from './terraform-check/tell-not-checked.ts';
import { validateStacks } from './terraform-check/validate-stacks.ts';

const { TERRAFORM_CHECK } = process.env;
const forCheck = process.argv.slice(2).filter((word) => word !== '--if-there' && word !== '--is-there');
const isOptional = process.argv.includes('--if-there');
const check = TERRAFORM_CHECK || globSync('../*/tools/terraform/check.mjs')[0];
const folderOf = (option: string) => (forCheck.includes(option) ? forCheck[forCheck.indexOf(option) + 1] : undefined);
const out = folderOf('--out') ?? 'cdktf.out';

const noScript = 'the script that plans and applies them on an emulator is no part of this repository, and TERRAFORM_CHECK names none.';
const hasTerraform = !spawnSync('terraform', ['version']).error;

if (!hasTerraform) process.exitCode = notChecked('there is no terraform on this machine.');
else if (!TERRAFORM_CHECK && check === undefined) process.exitCode = isOptional ? validated() : refuse(cannot(noScript));
else if (check === undefined || !existsSync(check)) process.exitCode = refuse(`${check}, which TERRAFORM_CHECK names, is not there.`);
else if (process.argv.includes('--is-there')) process.exitCode = 0;
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

function validated(): number {
  const { kind, words } = validateStacks(out, process.env);
  if (kind === 'wrong') return refuse(words);
  if (kind === 'unseen') return notChecked(words);
  tellNotChecked(`${words} They were neither planned nor applied, for ${noScript}`, process.env);
  return 0;
}

function cannot(why: string): string {
  return `the stacks cannot be run through Terraform here, for ${why}`;
}

function notChecked(why: string): number {
  if (!isOptional) return refuse(cannot(why));
  tellNotChecked(`the stacks were not run through Terraform, for ${why}`, process.env);
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
