// The editor in a real Chromium: typing, shortcuts, citing, pasting, Urdu, an input method, and nothing lost.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, describe, test } from 'node:test';
import { audit, bring, sideways } from './house/axe.mjs';
import { launch } from './house/browser.mjs';
import { draft } from './house/draft.mjs';

const FIXTURES = process.env.OVN_FIXTURES ?? resolve(import.meta.dirname, '../../fixtures/editor');
// With OVN_WRITE_FIXTURES set, what the editor saves becomes the fixture, for a person to look at.
const same = (document, name) => {
  if (process.env.OVN_WRITE_FIXTURES) writeFileSync(join(FIXTURES, name), `${document}\n`);
  assert.equal(document, fixture(name));
};
const fixture = (name) => readFileSync(join(FIXTURES, name), 'utf8').trimEnd();
const EMPTY = '{"attrs":{"lang":"en"},"content":[{"type":"headline"},{"type":"standfirst"},{"type":"paragraph"}],"type":"doc"}';

const desk = await draft();
const browser = await launch();
after(async () => {
  await browser.close();
  desk.stop();
});

// A page of its own with the editor open on a document.
async function open(document = EMPTY, { lang = 'en', ...options } = {}) {
  desk.begin(document, lang);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && errors.push(message.text()));
  await page.goto(desk.address);
  if (options.javaScriptEnabled !== false) await page.locator('#ovn-sheet').waitFor();
  return { page, context, errors };
}

const saved = async (page) => {
  await page.keyboard.press('Control+s');
  await page.locator('.status', { hasText: /^(Saved|محفوظ)$/ }).waitFor();
  return desk.state.versions.at(-1);
};
const blocks = (document) => JSON.parse(document).content;
const words = (node) => node.text ?? (node.content ?? []).map(words).join('');

// Puts the caret into the text. The browser tells the page of it a moment after the click, and the toolbar shows when.
async function intoText(page) {
  await page.locator('#ovn-sheet > p:last-child').click();
  await page.locator('button[data-word=cite][aria-disabled=false]').waitFor();
}

async function paste(page, html, text = '') {
  await page.evaluate(
    ([html, text]) => {
      const data = new DataTransfer();
      if (html) data.setData('text/html', html);
      data.setData('text/plain', text);
      document.querySelector('#ovn-sheet').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    },
    [html, text],
  );
}

// A document without comments in which every suggestion is accepted.
function accepted(node) {
  if (!node.content) return node;
  const content = [];
  for (const one of node.content.map(accepted)) {
    if (one.marks?.some(({ type }) => type === 'struck')) continue;
    const kept = one.marks?.filter(({ type }) => !['comment', 'added'].includes(type));
    const next = kept?.length ? { ...one, marks: kept } : (({ marks: _, ...rest }) => rest)(one);
    const last = content.at(-1);
    if (next.type === 'text' && last?.type === 'text' && JSON.stringify(last.marks) === JSON.stringify(next.marks)) last.text += next.text;
    else content.push(next);
  }
  return { ...node, content };
}

describe('the editor', { timeout: 120_000 }, () => {
  test('an article is typed with Markdown’s marks, the slash menu, a citation and a link', async () => {
    const { page, context, errors } = await open();
    await page.locator('#ovn-sheet h1').click();
    await page.keyboard.type('The footbridge reopens');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Repairs took four months.');
    await page.keyboard.press('Enter');
    await page.keyboard.type('It **opened** on *Monday* with `pier-2` -- TK');
    await page.keyboard.press('Control+Shift+c');
    await page.locator('dialog input[role=combobox]').fill('surv');
    await page.locator('dialog input[name=locator]').fill('p. 4');
    await page.locator('dialog button[value=ok]').click();
    await page.keyboard.type(', they say.');
    await page.keyboard.press('Enter');
    await page.keyboard.type('## What next');
    await page.keyboard.press('Enter');
    await page.keyboard.type('- one');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('two');
    for (let times = 0; times < 3; times++) await page.keyboard.press('Enter');
    await page.keyboard.type('/quo');
    await page.locator('.slash [role=option]').first().waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('see report');
    for (let times = 0; times < 6; times++) await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Control+k');
    await page.locator('dialog input[name=href]').fill('javascript:alert(1)');
    await page.locator('dialog button[value=ok]').click();
    assert.equal(await page.locator('dialog').count(), 1, 'a bad address is not taken');
    await page.locator('dialog input[name=href]').fill('example.org/report');
    await page.locator('dialog button[value=ok]').click();
    assert.match(await page.locator('.count').textContent(), /^\d+ words · 1 min to read · 1 still to come/);
    same(await saved(page), 'typed.json');
    assert.deepEqual(errors, []);
    await context.close();
  });

  for (const name of ['docs', 'word']) {
    test(`what ${name} puts on the clipboard keeps its structure, and Word’s comments and suggestions on it`, async () => {
      const { page, context, errors } = await open();
      await intoText(page);
      await paste(page, fixture(`${name}.html`));
      const document = await saved(page);
      const marks = ['comment', 'added', 'struck'].filter((mark) => document.includes(`"type":"${mark}"`));
      assert.deepEqual(marks, name === 'word' ? ['comment', 'added', 'struck'] : []);
      same(JSON.stringify(accepted(JSON.parse(document))), `${name}.json`);
      assert.deepEqual(errors, []);
      await context.close();
    });
  }

  test('an address pasted on words is a link', async () => {
    const { page, context } = await open();
    await intoText(page);
    await page.keyboard.type('report');
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await paste(page, '', 'https://example.org/a');
    assert.match(await saved(page), /"href":"https:\/\/example.org\/a".*"text":"report"/);
    await context.close();
  });

  test('in Urdu with English words, marks and citations the caret goes through every place, there and back', async () => {
    const { page, context } = await open(fixture('urdu.json'), { lang: 'ur' });
    const second = page.locator('#ovn-sheet > p').nth(2);
    assert.equal(await second.evaluate((element) => getComputedStyle(element).direction), 'rtl');
    assert.equal(await page.locator('#ovn-sheet > p').nth(3).evaluate((element) => getComputedStyle(element).direction), 'ltr');
    assert.equal(await page.locator('#ovn-sheet ol').getAttribute('dir'), 'rtl');
    // How far from the paragraph's beginning the caret stands, in characters as the text has them.
    const at = () =>
      second.evaluate((element) => {
        const selection = getSelection();
        if (!element.contains(selection.focusNode)) return -1;
        const range = document.createRange();
        range.setStart(element, 0);
        range.setEnd(selection.focusNode, selection.focusOffset);
        return range.toString().length;
      });
    const walk = async (key, most) => {
      const seen = [await at()];
      for (let times = 0; times < most && (await at()) >= 0; times++) {
        await page.keyboard.press(key);
        seen.push(await at());
      }
      return seen.filter((place) => place >= 0);
    };
    const length = await second.evaluate((element) => element.textContent.length);
    await second.click();
    await page.keyboard.press('Home');
    const onward = await walk('ArrowLeft', length + 20);
    assert.equal(onward[0], 0);
    assert.equal(Math.max(...onward), length, 'the caret reaches the end');
    await second.click();
    await page.keyboard.press('End');
    const back = await walk('ArrowRight', length + 20);
    assert.equal(Math.min(...back), 0, 'the caret comes back to the beginning');
    // Only the words within a citation, which is one thing, are passed over.
    const inside = await second.evaluate((element) => {
      const within = [];
      for (const cite of element.querySelectorAll('.cite')) {
        const range = document.createRange();
        range.setStart(element, 0);
        range.setEndBefore(cite);
        const from = range.toString().length;
        for (let at = from + 1; at < from + cite.textContent.length; at++) within.push(at);
      }
      return within;
    });
    for (const seen of [onward, back]) {
      const missed = [...Array(length + 1).keys()].filter((place) => !seen.includes(place) && !inside.includes(place));
      assert.deepEqual(missed, []);
    }
    await context.close();
  });

  test('Urdu is typed before, between and behind marks where the caret stands', async () => {
    const { page, context } = await open(EMPTY.replace('"en"', '"ur"'), { lang: 'ur' });
    await intoText(page);
    await page.keyboard.type('یہ **پل** اور *Piers* ہے');
    await page.keyboard.press('Home');
    await page.keyboard.type('آج ');
    await page.keyboard.press('End');
    await page.keyboard.type('۔');
    const [, , paragraph] = blocks(await saved(page));
    assert.equal(words(paragraph), 'آج یہ پل اور Piers ہے۔');
    assert.deepEqual(paragraph.content.map(({ text, marks }) => [text, marks?.[0].type]), [['آج یہ ', undefined], ['پل', 'strong'], [' اور ', undefined], ['Piers', 'em'], [' ہے۔', undefined]]);
    await context.close();
  });

  test('nothing is transformed while an input method composes', async () => {
    const { page, context } = await open();
    await intoText(page);
    const devtools = await context.newCDPSession(page);
    for (const text of ['*', '*a', '*a*', '*a* /', '*a* /quo']) await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    assert.equal(await page.locator('#ovn-sheet em').count(), 0);
    assert.equal(await page.locator('.slash').isVisible(), false);
    assert.equal(await page.locator('#ovn-sheet > p').last().textContent(), '*a* /quo');
    await devtools.send('Input.imeSetComposition', { text: '*b', selectionStart: 2, selectionEnd: 2 });
    await devtools.send('Input.insertText', { text: '*b' });
    await page.keyboard.type('*');
    assert.equal(await page.locator('#ovn-sheet em').textContent(), 'b');
    await context.close();
  });

  test('what is typed is on the server within three seconds, and after a closed tab still there', async () => {
    const { page, context } = await open();
    await intoText(page);
    await page.keyboard.type('first');
    const began = Date.now();
    await page.locator('.status', { hasText: /^Saved$/ }).waitFor();
    assert.ok(Date.now() - began < 3000, 'not within three seconds');
    assert.equal(words({ content: blocks(desk.state.versions.at(-1)) }), 'first');
    desk.state.fault = 'cut';
    await page.keyboard.type(' second');
    await page.locator('.status', { hasText: /Offline/ }).waitFor();
    await page.close({ runBeforeUnload: false });
    desk.state.fault = null;
    const again = await context.newPage();
    await again.goto(desk.address);
    await again.locator('.status', { hasText: /^Saved$/ }).waitFor();
    assert.equal(await again.locator('#ovn-sheet > p:last-child').textContent(), 'first second');
    await intoText(again);
    assert.equal(words({ content: blocks(await saved(again)) }), 'first second');
    await context.close();
  });

  test('what a form saves meanwhile comes in beside what is typed', async () => {
    const { page, context } = await open();
    await intoText(page);
    await page.keyboard.type('mine');
    desk.other(EMPTY.replace('{"type":"paragraph"}', '{"content":[{"text":"theirs","type":"text"}],"type":"paragraph"}'));
    await page.locator('#ovn-sheet', { hasText: 'theirs' }).waitFor();
    const both = words({ content: blocks(await saved(page)) });
    assert.ok(both.includes('mine') && both.includes('theirs'), both);
    await context.close();
  });

  test('a form about the draft is sent once the server has the text, with its version; the text’s own form saves', async () => {
    const { page, context } = await open();
    await intoText(page);
    await page.keyboard.type('first words');
    await page.locator('form button', { hasText: 'Save' }).click();
    await page.locator('.status', { hasText: /^Saved$/ }).waitFor();
    assert.equal(desk.state.versions.length, 2);
    await intoText(page);
    await page.keyboard.press('End');
    await page.keyboard.type(', last words');
    await page.locator('form button', { hasText: 'Send' }).click();
    await page.getByText('sent').waitFor();
    assert.deepEqual(desk.state.sent, [{ version: String(desk.state.version) }]);
    assert.equal(words({ content: blocks(desk.state.versions.at(-1)) }), 'first words, last words');
    await context.close();
  });

  test('the menu of / stands under the caret and within the page, in both directions', async () => {
    for (const lang of ['en', 'ur']) {
      const { page, context } = await open(EMPTY.replace('"en"', `"${lang}"`), { lang, viewport: { width: 360, height: 800 } });
      await intoText(page);
      await page.keyboard.type('word word word word /');
      const menu = await page.locator('.slash').boundingBox();
      const line = await page.locator('#ovn-sheet > p:last-child').boundingBox();
      assert.ok(menu.x >= 0 && menu.x + menu.width <= 360, `${lang}: from ${menu.x} over ${menu.width} px`);
      assert.ok(Math.abs(menu.y - line.y - line.height) < 30, `${lang}: menu at ${menu.y}, line to ${line.y + line.height}`);
      await context.close();
    }
  });

  test('find and replace', async () => {
    const { page, context } = await open();
    await intoText(page);
    await page.keyboard.type('a pier, **a** pier, A pier');
    await page.keyboard.press('Control+f');
    await page.locator('.find input').first().fill('PIER');
    assert.equal(await page.locator('.found').count(), 3);
    await page.locator('.find input').nth(1).fill('ramp');
    await page.locator('.find button', { hasText: 'Replace all' }).click();
    await page.keyboard.press('Escape');
    assert.equal(words(blocks(await saved(page))[2]), 'a ramp, a ramp, A ramp');
    await context.close();
  });

  test('keys can be changed, and stay changed', async () => {
    const { page, context } = await open();
    await page.locator('#ovn-sheet').click();
    await page.keyboard.press('Control+/');
    const field = page.locator('dialog label', { hasText: 'Cite' }).locator('input');
    await field.focus();
    await page.keyboard.press('Control+b');
    assert.match(await page.locator('dialog [role=status]').textContent(), /Bold/);
    await page.keyboard.press('Alt+Shift+c');
    await page.locator('dialog button[value=ok]').click();
    await page.reload();
    await intoText(page);
    await page.keyboard.press('Alt+Shift+c');
    await page.locator('dialog input[role=combobox]').waitFor();
    await context.close();
  });

  test('by keyboard and screen reader: toolbar, dialogs and sheet, at 360 and 1280 px, light and dark', async () => {
    const { page, context } = await open(fixture('everything.json'));
    await page.locator('#ovn-sheet h1').click();
    await page.keyboard.press('Shift+Tab');
    assert.equal(await page.evaluate(() => document.activeElement.dataset.word), 'strong');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.evaluate(() => document.activeElement.dataset.word), 'em');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.evaluate(() => document.activeElement.dataset.word), 'strong');
    await page.locator('#ovn-sheet strong').first().click();
    await page.locator('button[data-word=strong][aria-pressed=true]').waitFor();
    await bring(page);
    const found = [];
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        const wide = await sideways(page);
        if (wide) found.push(`${width} px: ${wide}`);
        found.push(...(await audit(page)).map((what) => `${width} ${colorScheme}: ${what}`));
        await page.keyboard.press('Control+f');
        await page.locator('.find').waitFor();
        found.push(...(await audit(page)).map((what) => `find, ${width} ${colorScheme}: ${what}`));
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+Shift+c');
        await page.locator('dialog').waitFor();
        found.push(...(await audit(page)).map((what) => `cite, ${width} ${colorScheme}: ${what}`));
        await page.keyboard.press('Escape');
      }
    }
    assert.deepEqual(found, []);
    await context.close();
  });

  test('without scripts the plain form stands, and with a broken document too', async () => {
    const without = await open(EMPTY, { javaScriptEnabled: false });
    assert.ok(await without.page.locator('textarea').isVisible());
    await without.context.close();
    desk.begin(EMPTY.replace('paragraph', 'script'));
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(desk.address, { waitUntil: 'networkidle' });
    assert.ok(await page.locator('textarea').isEnabled());
    assert.equal(await page.locator('#ovn-sheet').count(), 0);
    await context.close();
  });

  test('every fixture is shown and saved again byte for byte', async () => {
    for (const name of ['english', 'urdu', 'everything']) {
      const { page, context, errors } = await open(fixture(`${name}.json`));
      await page.locator('#ovn-sheet h1').click();
      await page.keyboard.press('End');
      await page.keyboard.type('x');
      await page.keyboard.press('Backspace');
      await page.keyboard.type('y');
      const there = await saved(page);
      assert.equal(there.replace(/y"(,"type":"text"\}\],"type":"headline")/, '"$1'), fixture(`${name}.json`), name);
      assert.deepEqual(errors, []);
      await context.close();
    }
  });
});
