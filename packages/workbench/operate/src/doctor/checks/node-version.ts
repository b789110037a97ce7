import { ails, lives } from '../../check/finding.ts';
import { type Check, GroundError } from '../check.ts';

const part = 'node';
/** Below these a snapshot keeps Node's entropy, so that sessions make the same ids: CVE-2026-106074. Looked up on 2026-11-29. */
const least: Readonly<Record<number, readonly [minor: number, patch: number]>> = { 22: [23, 4], 24: [22, 1], 26: [12, 1] };

export const nodeVersionCheck: Check = {
  part,
  asks: 'Is the Node of the worker’s image free of what advisories name?',
  rights: [],
  // Of an image that is made elsewhere nobody here knows what is in it.
  concerns: ({ settings }) => settings !== undefined && 'build' in settings.image,
  async look({ sources }) {
    const [, version = '', major = '', minor = '', patch = ''] = /^FROM .*\bnode:((\d+)\.(\d+)\.(\d+))/m.exec(sources.dockerfile()) ?? [];
    if (version === '') throw new GroundError('docker/worker.Dockerfile names no version of Node', 'pnpm base-image');
    const needed = least[Number(major)];
    const isSafe = needed !== undefined && (Number(minor) > needed[0] || (Number(minor) === needed[0] && Number(patch) >= needed[1]));
    if (isSafe) return [lives(part, `the sources build on ${version}`)];
    const remedy = 'docker/worker.Dockerfile: node:24.22.1-slim or later, pnpm base-image, pnpm cdktf deploy worker';
    return [ails(part, `the image builds on Node ${version}, whose snapshots repeat what is meant to be random (CVE-2026-106074)`, remedy)];
  },
};
