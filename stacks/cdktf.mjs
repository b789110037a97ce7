#!/usr/bin/env node
// `npx cdktf …` from the repository's root. cdktf-cli ends at Node 22 (its node-pty has no build for a newer one), so it runs on a Node of its own.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const node = fileURLToPath(new URL('node_modules/node/bin/node', import.meta.url));
const cli = createRequire(import.meta.url).resolve('cdktf-cli/bundle/bin/cdktf.js');
const words = process.argv.slice(2);
// It refuses to deploy a stack without those that it reads from, though they are deployed already and told in their state. Destroying is another thing.
const isPart = words[0] === 'deploy' && !words.includes('*');
const more = isPart && !words.includes('--ignore-missing-stack-dependencies') ? ['--ignore-missing-stack-dependencies'] : [];
// Or every command first asks HashiCorp for news of an archived tool.
const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
const { status, error } = spawnSync(node, [cli, ...words, ...more], { stdio: 'inherit', env });
if (error) throw error;
process.exitCode = status ?? 1;
