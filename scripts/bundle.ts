import { existsSync } from 'node:fs';
import { cp, readdir, rm } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

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

const forNode: BuildOptions = {
  plugins: [lazyHttp],
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
  // Optional parts of the agent library that are never reached.
  external: ['@aws-sdk/client-s3', '@opentelemetry/sdk-*', '@opentelemetry/exporter-*', '@opentelemetry/resources'],
};

/** Bundles every deployable into `dist/<name>` (`handler.mjs` of a Lambda, `main.mjs` of the worker) and the local page. */
export async function bundleAll(): Promise<void> {
  await rm(`${root}dist`, { recursive: true, force: true });
  const packages = await readdir(`${root}packages`);
  await Promise.all([...packages.flatMap(bundlesOf), bundlePage()]);
}

function bundlesOf(name: string): Promise<unknown>[] {
  if (name === 'local-system') return [];
  const entries = ['handler', 'main'].map((entry) => `${root}packages/${name}/src/${entry}.ts`).filter((path) => existsSync(path));
  return entries.map((entry) => build({ ...forNode, entryPoints: [entry], outdir: `${root}dist/${name}` }));
}

async function bundlePage(): Promise<void> {
  const page = `${root}packages/local-system/src/page`;
  if (!existsSync(`${page}/main.ts`)) return;
  await build({
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    entryPoints: [`${page}/main.ts`],
    outdir: `${root}dist/page`,
  });
  for (const file of ['index.html', 'style.css']) await cp(`${page}/${file}`, `${root}dist/page/${file}`);
}

if (import.meta.main) await bundleAll();
