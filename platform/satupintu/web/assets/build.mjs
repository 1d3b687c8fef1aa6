// Builds ../static/dist: one stylesheet and one script, minified and named by their content, and a
// manifest from plain to hashed name. Run by `make assets`; the result is committed, with a fingerprint of
// what it was built from, so that a test without Node sees when it is stale.
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = process.argv[2] ?? join(here, '..', 'static', 'dist');
const entries = ['style.css', 'app.js'];

const { outputFiles } = await build({
  absWorkingDir: here,
  entryPoints: entries,
  outdir: 'out',
  bundle: true,
  minify: true,
  write: false,
  format: 'iife',
  target: ['chrome90', 'firefox90', 'safari15'],
  legalComments: 'none',
});

await mkdir(dist, { recursive: true });
for (const old of await readdir(dist)) await rm(join(dist, old));
const manifest = {};
for (const { path, contents } of outputFiles) {
  const name = basename(path);
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 16);
  manifest[name] = `${basename(name, extname(name))}.${hash}${extname(name)}`;
  await writeFile(join(dist, manifest[name]), contents);
}
await writeFile(join(dist, 'manifest.json'), JSON.stringify(manifest, Object.keys(manifest).sort(), 2) + '\n');

const fingerprint = createHash('sha256');
for (const source of ['app.js', 'build.mjs', 'package-lock.json', 'signature.js', 'style.css']) {
  fingerprint.update(await readFile(join(here, source)));
}
await writeFile(join(dist, 'sources.sha256'), fingerprint.digest('hex') + '\n');
