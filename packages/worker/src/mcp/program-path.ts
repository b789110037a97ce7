import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';

/** Where programs are looked for: beside Node, then where the image's build puts them. */
export const programPath = [dirname(process.execPath), '/opt/azure-mcp/dist', '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter);

/** The file a command names, if it can be run here. */
export function programOf(command: string): string | undefined {
  const candidates = isAbsolute(command) ? [command] : programPath.split(delimiter).map((folder) => join(folder, command));
  return candidates.find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
