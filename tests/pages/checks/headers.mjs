// What the server says beside its pages: security, caching, conditional requests, HEAD, cookies.
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { pool } from '../house/browser.mjs';
import { none } from '../house/say.mjs';

const WANTED = {
  'content-security-policy': /default-src 'none'|default-src 'self'/,
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /./,
  'cross-origin-opener-policy': /^same-origin/,
  'permissions-policy': /./,
  'cache-control': /./,
  etag: /^"[^"]+"$/,
};

export default (site) =>
  describe('headers', () => {
    test('each page carries the security headers and a strong ETag', () => {
      const faults = [];
      for (const { path, headers } of site.html) {
        for (const [name, pattern] of Object.entries(WANTED)) {
          const value = headers.get(name);
          if (!value || !pattern.test(value)) faults.push(`${path}: ${name}: ${value}`);
        }
        if (/unsafe-(eval|inline)'?.*script|script-src[^;]*unsafe/.test(headers.get('content-security-policy') ?? '')) {
          faults.push(`${path}: the policy lets scripts in`);
        }
      }
      none(faults, 'missing header');
    });

    test('nothing sets a cookie', () => {
      none([...site.pages.values()].filter((page) => page.headers.get('set-cookie')).map((page) => page.path), 'cookie');
    });

    test('a conditional request gets 304 and no body', async () => {
      const faults = await pool(site.html, async ({ path, headers }) => {
        const response = await fetch(site.address + path, { headers: { 'If-None-Match': headers.get('etag') ?? '"-"' } });
        const body = await response.arrayBuffer();
        const good = response.status === 304 && body.byteLength === 0 && response.headers.get('etag') === headers.get('etag');
        return good ? [] : [`${path}: ${response.status}, ${body.byteLength} bytes`];
      });
      none(faults.flat(), 'unconditional answer');
    });

    test('HEAD says what GET says, without the body', async () => {
      const faults = await pool(site.html, async ({ path, headers }) => {
        const response = await fetch(site.address + path, { method: 'HEAD' });
        const same = ['etag', 'content-type', 'cache-control'].every((name) => response.headers.get(name) === headers.get(name));
        return response.status === 200 && same ? [] : [`${path}: ${response.status}`];
      });
      none(faults.flat(), 'HEAD that differs');
    });

    test('each encoding holds the same page', async () => {
      const { path, text } = site.articles[0] ?? site.html[0];
      for (const encoding of ['br', 'gzip', 'identity']) {
        const response = await fetch(site.address + path, { headers: { 'Accept-Encoding': encoding } });
        assert.equal(response.headers.get('content-encoding') ?? 'identity', encoding);
        assert.match(response.headers.get('vary') ?? '', /accept-encoding/i);
        assert.equal(await response.text(), text, encoding);
      }
    });

    test('what is not there is 404 with a helpful page, and writing is refused', async () => {
      const gone = await fetch(`${site.address}/2020/01/there-is-no-such-article`);
      assert.equal(gone.status, 404);
      assert.match(await gone.text(), /<a [^>]*href=/);
      const post = await fetch(`${site.address}/`, { method: 'POST', body: 'x' });
      assert.equal(post.status, 405);
      assert.match(post.headers.get('allow') ?? '', /GET/);
    });

    test('hostile addresses are answered with a 4xx, never a 5xx', async () => {
      const addresses = [
        '/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/%00', '/%ff%fe', '/record/tile/0/../../x', '/record/tile/9/x999/000',
        '/record/blob/zz', `/${'a'.repeat(5000)}`, '/search?q=%ff', `/search?q=${'a'.repeat(3000)}`, '/2026/13/x', '//example.org/',
      ];
      const answers = await pool(addresses, async (path) => {
        const response = await fetch(site.address + path, { redirect: 'manual' });
        return response.status >= 500 ? [`${path.slice(0, 60)}: ${response.status}`] : [];
      });
      none(answers.flat(), 'address that upsets the server');
    });
  });
