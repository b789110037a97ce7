import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCommandLine } from '@vera/stacks/command-line';
import { type BuildOptions, type BuildResult, build, type Plugin } from 'esbuild';
import { packageFolderOf, thirdPartyLicences } from './licences/third-party-licences.ts';

const help = `Usage: pnpm bundle [DEPLOYABLE]…

Writes into dist what ships, and the page of \`pnpm start\`; of DEPLOYABLE (receiver, invoker, sweeper, auth-portal, worker) that one alone.`;

const root = fileURLToPath(new URL('..', import.meta.url));
const deployables = ['receiver', 'invoker', 'sweeper', 'auth-portal', 'worker'];
/** A Lambda's, the worker's on AgentCore and on Lambda, and the program that the worker starts for each file it reads. */
const entries = ['handler', 'main', 'lambda', 'read-file', 'charts/picture-thread'];
/** Files of packages that lie beside the bundle of a deployable, where `new URL(…, import.meta.url)` finds them. */
const assets: Readonly<Record<string, readonly string[]>> = {
  worker: ['@cf-wasm/photon/photon.wasm', '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf', '@resvg/resvg-wasm/index_bg.wasm'],
};
const page = `${root}packages/workbench/page/src/page`;

/** Some dependencies are CommonJS and call `require` for Node's own modules. */
const requireForCommonJs =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/**
 * Importing `node:http` as an ECMAScript module touches all of its exports, `WebSocket` among them, and so loads undici: ten
 * milliseconds of every cold start for something nobody uses. Taken as an object, only what is used is loaded.
 */
const lazyHttp: Plugin = {
  name: 'lazy-http',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?https?$/ }, ({ path }) => ({ path: path.replace('node:', ''), namespace: 'lazy-http' }));
    onLoad({ filter: /.*/, namespace: 'lazy-http' }, ({ path }) => {
      const properties = Object.entries(Object.getOwnPropertyDescriptors(path === 'http' ? http : https));
      const names = properties.filter(([, { value }]) => value !== undefined).map(([name]) => name);
      const contents = `const all = process.getBuiltinModule('node:${path}'); export default all; export const { ${names.join(', ')} } = all;`;
      return { contents };
    });
  },
};

/** Libraries that write `import { z } from 'zod'` bring its messages in fifty languages along, a fifth of the worker. */
const englishOnly: Plugin = {
  name: 'english-only',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: "export { default as en } from './en.js';" }));
  },
};

const forNode = {
  absWorkingDir: root,
  plugins: [lazyHttp, englishOnly],
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // ECMAScript modules first: their unused parts can be left out, which halves the bundle.
  mainFields: ['module', 'main'],
  splitting: true,
  minify: true,
  keepNames: true,
  sourcemap: true,
  outExtension: { '.js': '.mjs' },
  banner: { js: requireForCommonJs },
  define: { VERA_VERSION: JSON.stringify(versionIn(`${root}package.json`)) },
  // Optional parts of the agent library that are never reached.
  external: ['@aws-sdk/client-s3', '@opentelemetry/sdk-*', '@opentelemetry/exporter-*', '@opentelemetry/resources'],
  metafile: true,
  write: false,
} satisfies BuildOptions;

function versionIn(manifest: string): string {
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }).version;
}

type File = readonly [path: string, contents: Uint8Array];

interface Bundled {
  readonly files: readonly File[];
  /** Folders of the packages that are in it. */
  readonly packages: readonly string[];
}

/**
 * Bundles every deployable into `dist/<name>` (`handler.mjs` of a Lambda, `main.mjs`, `lambda.mjs` and `read-file.mjs` of the worker; what they read
 * beside it, and the licences of what is in it) and the local page. Files that are the same stay untouched, so that a system running from `dist` is
 * not pulled away under its feet.
 */
export async function bundleAll(): Promise<void> {
  const [page, ...bundled] = await Promise.all([filesOfPage(), ...deployables.map(bundledOf)]);
  const packages = bundled.flatMap((one) => one.packages);
  await replace(`${root}dist`, new Map([...bundled.flatMap(({ files }) => files), ...page, await licencesOf('', packages)]));
}

/** One deployable alone, as its image needs it. */
async function bundleOne(name: string): Promise<void> {
  const { files } = await bundledOf(name);
  if (files.length === 0) throw new Error(`packages/${name}/src has neither handler.ts nor main.ts: there is nothing to bundle.`);
  await replace(`${root}dist/${name}`, new Map(files));
}

/** Nothing where there is no entry. */
async function bundledOf(name: string): Promise<Bundled> {
  const source = `${root}packages/${name}/src`;
  const entryPoints = entries.map((entry) => `${source}/${entry}.ts`).filter((path) => existsSync(path));
  if (entryPoints.length === 0) return { files: [], packages: [] };
  const bundles = await Promise.all(entryPoints.map((entry) => build({ ...forNode, entryPoints: [entry], outdir: `${root}dist/${name}` })));
  const beside = assetPathsOf(name);
  const packages = [...bundles.flatMap(inputsOf), ...beside].flatMap((path) => packageFolderOf(path) ?? []);
  const files = [...bundles.flatMap(outputsOf), ...(await filesBeside(name, source)), ...(await assetsOf(name, beside))];
  return { files: [...files, await licencesOf(name, packages)], packages };
}

/** What of its inputs is in a bundle. */
function inputsOf({ metafile }: BuildResult<{ metafile: true }>): string[] {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => join(root, path));
}

async function licencesOf(name: string, packages: readonly string[]): Promise<File> {
  const text = await thirdPartyLicences(await readFile(`${root}LICENSE`, 'utf8'), packages);
  return [join(root, 'dist', name, 'THIRD-PARTY-LICENSES'), new TextEncoder().encode(text)];
}

/**
 * What a deployable reads when it starts, beside its bundle: style sheets, which `new URL('page.css', import.meta.url)` finds in both places,
 * and the files of the worker's prompt in their folder.
 */
async function filesBeside(name: string, source: string): Promise<File[]> {
  const paths = await readdir(source, { recursive: true });
  const styles = paths.filter((path) => path.endsWith('.css')).map((path) => [path, basename(path)] as const);
  const prompt = paths.filter((path) => path.startsWith('prompt') && path.endsWith('.md')).map((path) => [path, path] as const);
  return Promise.all(
    [...styles, ...prompt].map(async ([path, target]) => [join(root, 'dist', name, target), await readFile(join(source, path))] as const),
  );
}

function assetPathsOf(name: string): string[] {
  const { resolve } = createRequire(`${root}packages/${name}/package.json`);
  return (assets[name] ?? []).map((asset) => resolve(asset));
}

function assetsOf(name: string, paths: readonly string[]): Promise<File[]> {
  return Promise.all(paths.map(async (path) => [`${root}dist/${name}/${basename(path)}`, await readFile(path)] as const));
}

async function filesOfPage(): Promise<File[]> {
  if (!existsSync(`${page}/main.ts`)) return [];
  const forBrowser: BuildOptions = { bundle: true, minify: true, format: 'esm', target: 'es2022', write: false };
  const bundle = await build({ ...forBrowser, entryPoints: [`${page}/main.ts`], outdir: `${root}dist/page` });
  const names = ['index.html', 'style.css'].filter((file) => existsSync(`${page}/${file}`));
  const copies = names.map(async (name) => [`${root}dist/page/${name}`, await readFile(`${page}/${name}`)] as const);
  return [...outputsOf(bundle), ...(await Promise.all(copies))];
}

function outputsOf({ outputFiles = [] }: BuildResult): File[] {
  return outputFiles.map(({ path, contents }) => [path, contents]);
}

/** Afterwards the folder holds these files and no others. */
async function replace(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const [path, contents] of files) await writeChanged(path, contents);
  const present = await readdir(folder, { recursive: true, withFileTypes: true });
  const stale = present.filter((entry) => entry.isFile() && !files.has(join(entry.parentPath, entry.name)));
  for (const entry of stale) await rm(join(entry.parentPath, entry.name), { force: true });
}

async function writeChanged(path: string, contents: Uint8Array): Promise<void> {
  const old = await readFile(path).catch(() => undefined);
  if (old?.equals(contents)) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
}

if (import.meta.main) {
  const { positionals: names } = readCommandLine({ help, words: deployables.length });
  await (names.length > 0 ? Promise.all(names.map(bundleOne)) : bundleAll());
}
