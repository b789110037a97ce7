import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let root: string | undefined;

/** A folder from which cdktf copies when it synthesises; gone when the process ends. */
export function createStagingFolder(): string {
  root ??= createRoot();
  return mkdtempSync(join(root, 'asset-'));
}

function createRoot(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vera-synth-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
