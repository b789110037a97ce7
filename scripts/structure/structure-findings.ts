import { documentFindings } from './document-findings.ts';
import type { Finding } from './finding.ts';
import { importFindings } from './import-findings.ts';
import { machinePathFindings } from './machine-path-findings.ts';
import { placementFindings } from './placement-findings.ts';
import { repositoryFilesOf } from './repository-file.ts';

/** Everything at `root` that breaks a rule Biome cannot express. */
export function structureFindings(root: string): Finding[] {
  const files = repositoryFilesOf(root);
  const perFile = files.flatMap((file) => [...importFindings(file), ...placementFindings(file), ...machinePathFindings(file)]);
  return [...perFile, ...documentFindings(files)];
}
