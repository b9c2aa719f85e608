// Every page in a real browser: three widths, light and dark, with and without scripts.
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { audit, bring, sideways } from '../house/axe.mjs';
import { pool } from '../house/browser.mjs';
import { none } from '../house/say.mjs';

const WIDTHS = [320, 768, 1280];
const SCHEMES = ['light', 'dark'];

const words = () => document.body.innerText.replace(/\s+/g, ' ').trim();

// Loads a page once and looks at it in every width and scheme.
async function look(context, site, path) {
  const faults = { axe: [], sideways: [], console: [], requests: [], cookies: [] };
  const page = await context.newPage();
  let requests = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.console.push(`${path}: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.console.push(`${path}: ${error.message}`));
  await page.goto(site.address + path, { waitUntil: 'load' });
  await bring(page);
  for (const scheme of SCHEMES) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const where = `${path} at ${width} px, ${scheme}`;
      faults.axe.push(...(await audit(page)).map((what) => ({ path, view: `${width} ${scheme}`, what })));
      if (scheme === 'light') faults.sideways.push(...[await sideways(page)].filter(Boolean).map((found) => `${where}: ${found}`));
    }
  }
  const withScripts = await page.evaluate(words);
  requests = requests.filter((url) => !url.startsWith('data:'));
  if (requests.length !== 1) faults.requests.push(`${path}: ${requests.join(' ')}`);
  await page.close();
  return { path, faults, withScripts };
}

// One line for a violation that several views of a page share.
function gather(found) {
  const views = new Map();
  for (const { path, view, what } of found) {
    const key = `${path}: ${what}`;
    views.set(key, [...(views.get(key) ?? []), view]);
  }
  return [...views].map(([key, list]) => `${key} (${list.length === 6 ? 'every view' : list.join(', ')})`);
}

export default (site, browser) =>
  describe('browser', async () => {
    let looked = [];

    test('axe catches a bad page', async () => {
      const page = await (await browser.newContext()).newPage();
      await page.setContent('<html lang=en><title>x</title><main><h1>x</h1><p style="color:#aaa">pale</p><img src="data:,"></main>');
      await bring(page);
      const found = (await audit(page)).map((line) => line.split(':')[0]);
      assert.deepEqual(found.sort(), ['color-contrast', 'image-alt']);
      await page.context().close();
    });

    test(`every page is looked at in ${WIDTHS.length} widths and ${SCHEMES.length} schemes`, { timeout: 900_000 }, async (t) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      looked = await pool(site.html, ({ path }) => look(context, site, path));
      none((await context.cookies()).map((cookie) => cookie.name), 'cookie');
      await context.close();
      t.diagnostic(`${looked.length * WIDTHS.length * SCHEMES.length} views`);
    });

    const all = (kind) => looked.flatMap(({ faults }) => faults[kind]);
    test('no violation of WCAG 2.2 AA that axe-core can see', () => none(gather(all('axe')), 'violation'));
    test('no sideways scroll', () => none(all('sideways'), 'page that scrolls sideways'));
    test('no error in the console', () => none(all('console'), 'console error'));
    // A favicon in a data: URL is no request; any other favicon would be counted here.
    test('one request a page view, to the edition itself', () => none(all('requests'), 'page with other requests'));

    test('the same text with scripts off', { timeout: 300_000 }, async () => {
      const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
      const faults = await pool(looked, async ({ path, withScripts }) => {
        const page = await context.newPage();
        await page.goto(site.address + path);
        const without = await page.evaluate(words);
        await page.close();
        return without === withScripts ? [] : [path];
      });
      await context.close();
      none(faults.flat(), 'page that needs scripts');
    });

    test('usable at 200 % zoom and with text spaced out', { timeout: 300_000 }, async () => {
      // WCAG 1.4.12: these spacings must lose nothing; 640 CSS px is 1280 at 200 %.
      const spaced = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}';
      const context = await browser.newContext({ viewport: { width: 640, height: 450 }, bypassCSP: true });
      const faults = await pool(site.html, async ({ path }) => {
        const page = await context.newPage();
        await page.goto(site.address + path);
        await page.addStyleTag({ content: spaced });
        const found = await sideways(page);
        await page.close();
        return found ? [`${path}: ${found}`] : [];
      });
      await context.close();
      none(faults.flat(), 'page that breaks when zoomed or spaced');
    });
  });
