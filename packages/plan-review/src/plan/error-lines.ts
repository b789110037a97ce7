import { looksSecret } from '../secrets/looks-secret.ts';
import { isToldBefore, saysSecret } from '../secrets/said-secret.ts';
import type { IsSecret } from '../secrets/secret-texts.ts';

/** What Terraform printed when it made no plan, from its first error on; a line that may hold a secret is left out. */
export function errorLines(printed: string, isSecret: IsSecret = () => false): string[] {
  const lines = printed
    .replaceAll(colours, '')
    .split(/\r?\n/)
    // Terraform draws a frame on the left of a diagnostic.
    .map((line) => line.replace(/^[\s│╷╵]+/, '').trimEnd());
  const first = lines.findIndex((line) => line.startsWith('Error'));
  return withoutKeys(lines.slice(Math.max(0, first)))
    .filter((line) => line !== '')
    .map((line, at, all) => (mayShow(line, all[at - 1] ?? '') && !isSecret(line) ? line : notShown));
}

const notShown = '(a line that may hold a secret)';
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is how colours are written
const colours = /\u001b\[[\d;]*m/g;
/** `ExpiredToken: The security token …` names a fault, not a token. */
const codes = /\b(?:Expired|Invalid|Missing|Unrecognized|Unauthorized)\w*(?=[:,)])|\b\w+(?:Exception|Error|Fault)\b/g;

function mayShow(line: string, before: string): boolean {
  const said = line.replaceAll(codes, 'fault');
  return !looksSecret('', said) && !saysSecret(said) && !isToldBefore(line, before) && !/-----(?:BEGIN|END) /.test(line);
}

/** A key is many lines, of which only the first and the last say so. */
function withoutKeys(lines: readonly string[]): string[] {
  let isInside = false;
  return lines.map((line) => {
    const isPart = isInside || line.includes('-----BEGIN ');
    isInside = isPart && !line.includes('-----END ');
    return isPart ? notShown : line;
  });
}
