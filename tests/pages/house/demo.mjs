// Starts `ovn demo` on a free port with an edition of its own, and stops it again.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');
const SECONDS = 120;

// OVN_ADDRESS names a server that already runs; OVN_BIN another binary.
export async function start() {
  if (process.env.OVN_ADDRESS) return { address: process.env.OVN_ADDRESS.replace(/\/$/, ''), stop: () => {} };
  const binary = process.env.OVN_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'debug/ovn');
  if (!existsSync(binary)) throw new Error(`There is no ${binary}; run: cargo build --bin ovn`);
  const folder = mkdtempSync(join(tmpdir(), 'ovn-pages-'));
  const child = spawn(binary, ['demo', '--port', '0', '--dir', join(folder, 'edition')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = [];
  const stop = () => {
    child.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  const address = await new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error(`ovn demo gave no address in ${SECONDS} s:\n${said.join('')}`)), SECONDS * 1000);
    const listen = (chunk) => {
      said.push(String(chunk));
      const found = said.join('').match(/http:\/\/127\.0\.0\.1:[1-9]\d*/);
      if (found) {
        clearTimeout(late);
        done(found[0]);
      }
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', (chunk) => said.push(String(chunk)));
    child.on('error', fail);
    child.on('exit', (code) => {
      clearTimeout(late);
      fail(new Error(`ovn demo ended with ${code}:\n${said.join('')}`));
    });
  }).catch((error) => {
    stop();
    throw error;
  });
  return { address, stop };
}
