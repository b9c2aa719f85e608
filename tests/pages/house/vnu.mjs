// The Nu checker over a folder of pages, in one run of Java.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const JAR = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

// Messages about each page: { path, type, line, message }; `pages` have `path` and `text`.
export function nu(pages) {
  const folder = mkdtempSync(join(tmpdir(), 'ovn-nu-'));
  try {
    pages.forEach(({ text }, at) => writeFileSync(join(folder, `${at}.html`), text));
    const run = spawnSync('java', ['-Xss4m', '-jar', JAR, '--format', 'json', '--stdout', '--exit-zero-always', folder], {
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    });
    if (run.error) throw new Error(`Java did not start: ${run.error.message}`);
    if (!run.stdout.includes('"messages"')) throw new Error(`The Nu checker gave no answer: ${run.stderr}`);
    return JSON.parse(run.stdout).messages.map(({ url, type, subType, lastLine, message, extract }) => ({
      path: pages[Number(basename(url ?? '', '.html'))]?.path ?? url,
      type: subType ?? type,
      line: lastLine,
      message,
      extract: extract?.trim(),
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
