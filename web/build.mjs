// Bundles the editor into dist/, or with --tests what `node --test` runs into dist/test/.
import { build } from 'esbuild';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const into = join(here, 'dist');
const shared = { bundle: true, logLevel: 'warning', legalComments: 'none', absWorkingDir: here };

if (process.argv.includes('--tests')) {
  rmSync(join(into, 'test'), { recursive: true, force: true });
  const entryPoints = readdirSync(join(here, 'test')).filter((name) => name.endsWith('.test.ts')).map((name) => `test/${name}`);
  await build({ ...shared, entryPoints, outdir: join(into, 'test'), platform: 'node', format: 'esm', outExtension: { '.js': '.mjs' } });
} else {
  await build({
    ...shared,
    entryPoints: { editor: 'src/main.ts', style: 'src/editor.css' },
    outdir: into,
    format: 'esm',
    minify: true,
    target: ['chrome111', 'firefox115', 'safari16.4'],
  });
}
