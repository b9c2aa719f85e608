// An ordinary article's page view fits the first round trip of a slow line: 14 KB with headers.
import { describe, test } from 'node:test';
import { connect } from 'node:net';
import { pool } from '../house/browser.mjs';
import { none, some } from '../house/say.mjs';

const MOST = 14 * 1024;

// The bytes that the server puts on the wire for one GET with brotli.
export function onTheWire(address, path) {
  const { hostname, port } = new URL(address);
  return new Promise((done, fail) => {
    let bytes = 0;
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n`);
    });
    socket.on('data', (chunk) => (bytes += chunk.length));
    socket.on('end', () => done(bytes));
    socket.on('error', fail);
    socket.setTimeout(20_000, () => socket.destroy(new Error(`${path} took too long`)));
  });
}

export default (site) =>
  describe('weight', () => {
    test('every article is at most 14 KB on the wire', async (t) => {
      some(site.articles, 'article');
      const sizes = await pool(site.articles, async ({ path }) => ({ path, bytes: await onTheWire(site.address, path) }));
      sizes.sort((a, b) => b.bytes - a.bytes);
      t.diagnostic(`heaviest article ${sizes[0].bytes} bytes (${sizes[0].path}), lightest ${sizes.at(-1).bytes}`);
      none(sizes.filter(({ bytes }) => bytes > MOST).map(({ path, bytes }) => `${path}: ${bytes} bytes`), 'heavy article');
    });

    test('the other pages are within 28 KB', async () => {
      const sizes = await pool(site.html, async ({ path }) => ({ path, bytes: await onTheWire(site.address, path) }));
      none(sizes.filter(({ bytes }) => bytes > 2 * MOST).map(({ path, bytes }) => `${path}: ${bytes} bytes`), 'heavy page');
    });
  });
