// Installs what is measured beside the editor's own way, weighs each in the bundle and lets seeded writers write: node bench/merge.mjs [ROUNDS]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const here = import.meta.dirname;
const root = join(here, '..');
const run = (command, args, cwd) => {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 2);
};
if (!existsSync(join(here, 'node_modules/yjs'))) {
  console.log('Installing prosemirror-collab, yjs and y-prosemirror into web/bench/node_modules (about 10 MB).');
  run('npm', ['ci', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error'], here);
}

// One copy of ProseMirror for all, or their types would not meet.
const shared = ['prosemirror-model', 'prosemirror-state', 'prosemirror-transform', 'prosemirror-view'];
const alias = Object.fromEntries(shared.map((name) => [name, join(root, 'node_modules', name)]));
const weigh = async (name, extra) => {
  const contents = `import './src/main.ts';${extra}`;
  const { outputFiles } = await build({ stdin: { contents, resolveDir: root }, bundle: true, minify: true, format: 'esm', write: false, legalComments: 'none', alias, nodePaths: [join(here, 'node_modules')] });
  const bytes = outputFiles[0].contents;
  console.log(`editor ${name}: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} with gzip`);
};
await weigh('alone', '');
await weigh('with ours', "import * as all from './src/together.ts';globalThis.all=all;");
await weigh('with prosemirror-collab', "import * as all from 'prosemirror-collab';globalThis.all=all;");
await weigh('with yjs, y-prosemirror and awareness', "import * as Y from 'yjs';import {ySyncPlugin,yUndoPlugin,yCursorPlugin} from 'y-prosemirror';import {Awareness} from 'y-protocols/awareness';globalThis.all=[Y,ySyncPlugin,yUndoPlugin,yCursorPlugin,Awareness];");

const outfile = join(root, 'dist/bench/merge.mjs');
await build({ entryPoints: [join(here, 'merge.ts')], outfile, bundle: true, platform: 'node', format: 'esm', alias, nodePaths: [join(here, 'node_modules')], logLevel: 'warning' });
run(process.execPath, [outfile, process.argv[2] ?? '10000'], root);
