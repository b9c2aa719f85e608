// Starts `ovn serve` on a new edition with its newsroom, both on free ports, and stops it again.
import { spawn, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');
const SECONDS = 60;

// A newsroom in which nobody is yet: `link()` gives the address that lets the next person in.
// With `empty`, the program finds an empty folder and makes the edition itself; otherwise it has two languages and four eyes.
// `lines` are put before its settings, and `env` into the program's environment.
export async function start({ empty = false, fourEyes = true, lines = '', env = {}, newsroom = '127.0.0.1:0' } = {}) {
  const binary = process.env.OVN_BIN ?? join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'debug/ovn');
  if (!existsSync(binary)) throw new Error(`There is no ${binary}; run: cargo build --bin ovn`);
  const folder = mkdtempSync(join(tmpdir(), 'ovn-newsroom-'));
  const edition = join(folder, 'edition');
  const change = (words) => {
    const settings = join(edition, 'ovn.toml');
    const text = readFileSync(settings, 'utf8').replace('languages = ["en"]', 'languages = ["en", "ur"]');
    writeFileSync(settings, words + text);
  };
  if (empty) {
    mkdirSync(edition);
  } else {
    execFileSync(binary, ['init', edition]);
    change(`four-eyes = ${fourEyes}\n${lines}`);
  }
  let child;
  const stop = () => {
    child?.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  const begun = (one) => (child = one);
  const addresses = await serve({ binary, edition, port: '0', newsroom, env, begun }).catch((error) => {
    stop();
    throw error;
  });
  // As a power cut ends it, whatever it does just then.
  const kill = () =>
    new Promise((done) => {
      child.on('exit', done);
      child.kill('SIGKILL');
    });
  // Again at the same addresses, on what it had on disk.
  const again = () =>
    serve({ binary, edition, port: new URL(addresses.readers).port, newsroom: newsroom.endsWith(':0') ? `127.0.0.1:${new URL(addresses.newsroom).port}` : newsroom, env, begun });
  // What the operator sets: other settings, and a start with them.
  const set = async (words) => {
    await kill();
    change(words);
    return again();
  };
  // What `ovn verify` says of the edition's record.
  const verify = (...more) => execFileSync(binary, ['verify', ...(more.length > 0 ? more : [edition])], { encoding: 'utf8' });
  // Publishes article files from the command line; their paths on the site.
  const publish = (files) => JSON.parse(execFileSync(binary, ['publish', '--json', '--dir', edition, ...files], { encoding: 'utf8', maxBuffer: 1 << 26 })).map(({ address }) => new URL(address).pathname);
  // The command does not know the port that was free.
  const link = (role = 'administrator') =>
    execFileSync(binary, ['user', 'invite', edition, '--role', role], { encoding: 'utf8' }).trim().replace(/^https?:\/\/[^/]+/, addresses.newsroom);
  return { ...addresses, edition, link, stop, kill, again, set, verify, publish, pid: () => child.pid };
}

function serve({ binary, edition, port, newsroom, env, begun }) {
  const child = spawn(binary, ['serve', edition, '--port', port, '--newsroom', newsroom], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  begun(child);
  let said = '';
  const found = (pattern) => said.match(pattern)?.[1];
  return new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error(`ovn serve gave no addresses in ${SECONDS} s:\n${said}`)), SECONDS * 1000);
    const listen = (chunk) => {
      said += chunk;
      const readers = found(/Serving .* at (http:\/\/127\.0\.0\.1:\d+)/);
      const newsroom = found(/The newsroom is at (https?:\/\/[^\s\/]+)/);
      if (!readers || !newsroom) return;
      clearTimeout(late);
      done({ readers, newsroom, said });
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('exit', (code) => {
      clearTimeout(late);
      fail(new Error(`ovn serve ended with ${code}:\n${said}`));
    });
  });
}
