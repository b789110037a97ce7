import type { Finding } from './finding.ts';
import type { RepositoryFile } from './repository-file.ts';

/** Secrets Manager is a name of AWS's, not ours. */
const emptyWord = /(?:^|-)(?:utils?|helpers?|common|(?<!secrets-)managers?)(?:-|$)/;
const longest = 300;

/** Names, places and sizes of source files. Biome counts the lines of TypeScript; it does not look at styles and pages. */
export function placementFindings({ path, text }: RepositoryFile): Finding[] {
  const found: Omit<Finding, 'file' | 'line'>[] = [];
  const isCode = path.endsWith('.ts');
  const names = path.split('/').map((part) => part.replace(/\..*$/, ''));
  const bad = isCode ? names.find((name) => emptyWord.test(name)) : undefined;
  if (bad)
    found.push({
      what: `the name '${bad}'`,
      why: 'it says nothing of what is inside',
      fix: 'name the file after the one thing it exports',
    });
  if (isCode && names.at(-1) === 'index') {
    found.push({
      what: 'an index.ts',
      why: 'doors are named by `exports` in package.json',
      fix: 'name the file after the one thing it exports',
    });
  }
  if (path.endsWith('.test.ts') && !/^(?:packages\/(?:(?:stand-ins|workbench)\/)?[^/]+|stacks|scripts)\/test\//.test(path)) {
    found.push({ what: 'a test outside test/', why: 'the image tag is a hash over src', fix: 'move it to test/ beside src' });
  }
  if (isCode && /\/src\/(?:.+\/)?tests?\//.test(path)) {
    found.push({ what: 'a test folder inside src', why: 'the image tag is a hash over src', fix: 'move it to test/ beside src' });
  }
  const lines = linesOf(text);
  if (/\.(?:css|html|sh)$/.test(path) && lines > longest) {
    found.push({ what: `${lines} lines`, why: `a file of ours has at most ${longest}`, fix: 'split it by idea' });
  }
  return found.map((finding) => ({ file: path, line: 1, ...finding }));
}

export function linesOf(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}
