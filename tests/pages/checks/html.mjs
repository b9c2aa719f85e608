// Every page is valid HTML by the Nu checker: no error, no warning.
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { nu } from '../house/vnu.mjs';
import { none } from '../house/say.mjs';

export default (site) =>
  describe('html', () => {
    test('the checker catches a bad page', () => {
      assert.ok(nu([{ path: '/bad', text: '<!doctype html><title>x</title><p><div></p>' }]).some((m) => m.type === 'error'));
    });

    test('every page is valid', (t) => {
      const messages = nu(site.html);
      const notes = messages.filter(({ type }) => type === 'info').length;
      t.diagnostic(`${site.html.length} pages, ${notes} remarks`);
      const wrong = messages.filter(({ type }) => type !== 'info');
      none(wrong.map((m) => `${m.path}:${m.line}: ${m.type}: ${m.message} ${m.extract ?? ''}`), 'Nu error or warning');
    });
  });
