import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const copied = ['docker', 'scripts/build-worker-image', 'stacks/worker'];
/** Enough for a tag; nothing is built of them. */
const sources = ['packages/ledger/src/table.ts', 'packages/worker/src/main.ts', 'pnpm-lock.yaml'];
/** What the script may take for granted on any machine. */
const everywhere = ['sh', 'cat', 'cp', 'cut', 'dirname', 'grep', 'tail'];

const aws = `#!/bin/sh
echo "aws $*" >>"$STATE/calls"
said() { echo "An error occurred ($1) when calling the operation: $2" >&2 && exit 254; }
case "$1 $2" in
  'sts get-caller-identity') if [ -e "$STATE/no-credentials" ]; then said ExpiredToken 'The security token is expired'; fi && cat "$STATE/account" ;;
  'ecr describe-images')
    if [ -e "$STATE/pushed" ]; then printf 'sha256:0123\\t%s\\n' "$(cat "$STATE/media-type")"; elif [ -e "$STATE/refusal" ]; then said "$(cat "$STATE/refusal")" 'no'; fi
    [ -e "$STATE/pushed" ] || said ImageNotFoundException 'The image does not exist' ;;
  'ecr get-login-password') if [ -e "$STATE/no-password" ]; then said AccessDeniedException 'no'; fi && echo a-secret-password ;;
  's3 cp') [ ! -e "$STATE/no-bucket" ] && cp -r "$7" "$STATE/sources" ;;
  'codebuild start-build') [ ! -e "$STATE/no-project" ] && echo vera-image:1 ;;
  'codebuild batch-get-builds')
    if [ -e "$STATE/looked" ]; then printf '%s\\thttps://logs.example/1\\n' "$(cat "$STATE/built")"; else printf 'IN_PROGRESS\\tNone\\n' >&1; fi
    if [ -e "$STATE/looked" ] && [ "$(cat "$STATE/built")" = SUCCEEDED ]; then echo >"$STATE/pushed"; fi
    echo >"$STATE/looked" ;;
esac
`;
const docker = `#!/bin/sh
echo "docker $*" >>"$STATE/calls"
case "$1 $2" in
  'version '*) if [ -e "$STATE/no-daemon" ]; then echo 'Cannot connect to the Docker daemon' >&2 && exit 1; fi ;;
  'buildx version') [ ! -e "$STATE/no-buildx" ] ;;
  'buildx inspect') cat "$STATE/builder" ;;
  'login '*) cat >"$STATE/stdin" && [ ! -e "$STATE/no-login" ] ;;
  'push '*) if [ -e "$STATE/other-run-pushes" ]; then echo >"$STATE/pushed"; fi && [ ! -e "$STATE/no-push" ] && echo >"$STATE/pushed" ;;
  'buildx build')
    if [ -e "$STATE/other-run-pushes" ]; then echo >"$STATE/pushed"; fi
    if [ -e "$STATE/editor-saves" ]; then echo >>"$ROOT/packages/worker/src/main.ts"; fi
    [ ! -e "$STATE/no-push" ] || exit 17
    echo >"$STATE/pushed" ;;
esac
`;

export type Fact =
  | 'pushed'
  | 'no-credentials'
  | 'no-daemon'
  | 'no-buildx'
  | 'no-login'
  | 'no-password'
  | 'no-push'
  | 'no-bucket'
  | 'no-project'
  | 'other-run-pushes'
  | 'editor-saves';

/** A small copy of the repository and, in the only PATH there is, a `docker` and an `aws` that write down how they were called. */
export function recordedBuild() {
  const folder = mkdtempSync(join(tmpdir(), 'vera image '));
  const [repository, bin, state] = ['repository', 'bin', 'state'].map((name) => join(folder, name)) as [string, string, string];
  for (const made of [join(repository, 'node_modules/.bin'), bin, state]) mkdirSync(made, { recursive: true });
  for (const path of copied) cpSync(join(root, path), join(repository, path), { recursive: true });
  for (const path of sources) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), path);
  }
  symlinkSync(process.execPath, join(repository, 'node_modules/.bin/node'));
  for (const name of everywhere) symlinkSync(toolNamed(name), join(bin, name));
  for (const [name, text] of Object.entries({ aws, docker })) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
  writeFileSync(join(state, 'account'), '111122223333\n');
  writeFileSync(join(bin, 'sleep'), '#!/bin/sh\necho "sleep $*" >>"$STATE/calls"\n', { mode: 0o755 });
  writeFileSync(join(state, 'built'), 'SUCCEEDED\n');
  writeFileSync(join(state, 'media-type'), 'application/vnd.docker.distribution.manifest.v2+json\n');
  writeFileSync(join(state, 'builder'), 'Name: default\nPlatforms: linux/amd64, linux/386\n');
  const read = (name: string) => (existsSync(join(state, name)) ? readFileSync(join(state, name), 'utf8') : '');
  return {
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
    repository,
    write: (path: string, text: string) => writeFileSync(join(folder, path), text),
    remove: (path: string) => rmSync(join(folder, path), { recursive: true }),
    happens: (...facts: readonly Fact[]) => facts.map((fact) => writeFileSync(join(state, fact), '')),
    stdin: () => read('stdin'),
    run: (env: Readonly<Record<string, string>>, { shell = 'sh', args = [] as string[] } = {}) => {
      const script = [join(repository, 'scripts/build-worker-image'), ...args];
      const options = { cwd: tmpdir(), env: { PATH: bin, STATE: state, ROOT: repository, ...env }, encoding: 'utf8' } as const;
      const { status, stdout, stderr } = spawnSync(toolNamed(shell), script, options);
      return { status, stdout, stderr, calls: read('calls').split('\n').slice(0, -1) };
    },
  };
}

/** Where this machine has a program, or an empty string. */
export function toolNamed(name: string): string {
  return spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
}
