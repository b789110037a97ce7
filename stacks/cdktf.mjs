#!/usr/bin/env node
// `npx cdktf …` from the repository's root. cdktf-cli ends at Node 22 (its node-pty has no build for a newer one), so it runs on a Node of its own.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const node = fileURLToPath(new URL('node_modules/node/bin/node', import.meta.url));
const cli = createRequire(import.meta.url).resolve('cdktf-cli/bundle/bin/cdktf.js');
// Or every command first asks HashiCorp for news of an archived tool.
const env = { ...process.env, CHECKPOINT_DISABLE: '1' };
const { status, error } = spawnSync(node, [cli, ...process.argv.slice(2)], { stdio: 'inherit', env });
if (error) throw error;
process.exitCode = status ?? 1;
