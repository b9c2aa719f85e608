// The newsroom by keyboard alone: every screen is walked by Tab, and its main jobs are done without a mouse.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launch } from './house/browser.mjs';
import { JOURNEY, STATEMENT } from './house/journey.mjs';
import { Hand, mice, skips, walk } from './house/keys.mjs';
import { start } from './house/newsroom.mjs';
import { PASSPHRASE } from './house/people.mjs';
import { none } from './house/say.mjs';
import { screens } from './house/screens.mjs';
import { isSaved } from './house/somebody.mjs';
import { web } from './house/web.mjs';
import { COUNCIL, world } from './house/world.mjs';

const outside = await web({ '/en': COUNCIL, '/ur': COUNCIL, '/footbridge': STATEMENT });
const chromium = await launch();
after(async () => {
  await chromium.close();
  outside.stop();
});

// The order of a page is the same in both languages; of the other one, the screens with most on them.
const TURNED = /^ur-(desk|drafts|drafts-sources|drafts-preview|people|me|letters-.*|sign-in)$/;

describe('every screen is walked by Tab', { timeout: 300_000 }, () => {
  let house, all;
  before(async () => {
    house = await start({ env: { OVN_TEST_WEB: outside.socket } });
    all = await world(house);
  });
  after(() => house?.stop());

  for (const lang of ['en', 'ur']) {
    test(lang, async () => {
      const faults = [];
      for (const [who, jar] of [['signed in', all.people[lang].jar()], ['nobody', []]]) {
        const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
        await context.addCookies(jar);
        for (const { path, name, nobody } of screens(all, lang, house).filter((one) => one.nobody === (who === 'nobody') && (lang === 'en' || TURNED.test(one.name)))) {
          const page = await context.newPage();
          await page.goto(house.newsroom + path);
          if (await page.locator('#text[data-document]:not([readonly])').count()) await page.locator('#ovn-sheet').waitFor();
          faults.push(...(await walk(page, name)));
          await page.close();
        }
        // The same template gives every page its way past the menu.
        const page = await context.newPage();
        await page.goto(`${house.newsroom}/sign-in`);
        faults.push(...(await skips(page, page.url())));
        await context.close();
      }
      none(faults, 'places that the keyboard does not serve');
    });
  }
});

for (const lang of ['en', 'ur']) {
  const words = JOURNEY[lang];
  describe(`the main jobs by keyboard alone: ${lang}`, { timeout: 240_000 }, () => {
    let house, first, second, draft;
    const heard = [];
    const seat = async () => {
      const context = await chromium.newContext({ viewport: { width: 1280, height: 900 } });
      heard.push(await mice(context));
      return new Hand(await context.newPage());
    };
    const joins = async (hand, link, name) => {
      await hand.page.goto(`${link}?lang=${lang}`);
      await hand.fill('#name', name);
      await hand.fill('#passphrase', PASSPHRASE);
      await hand.fill('#again', PASSPHRASE);
      await hand.choose('#lang', lang);
      await hand.to('form:has(#passphrase) button.go');
      await hand.press('Space');
      await hand.page.locator('.codes').waitFor();
      await hand.enter('main a.go', `${house.newsroom}/`);
    };
    const closes = async (hand, open, keys) => {
      await hand.press(keys);
      await hand.page.locator(open).waitFor();
      await hand.press('Escape');
      await hand.page.locator(open).waitFor({ state: 'hidden' });
      assert.ok(await hand.has('#ovn-sheet'), `after Escape from ${open} the text has the focus again`);
    };

    before(async () => {
      house = await start({ env: { OVN_TEST_WEB: outside.socket } });
      [first, second] = [await seat(), await seat()];
    });
    after(() => house?.stop());

    test('they come in, and one invites the other', async () => {
      await joins(first, house.link(), words.first);
      await first.enter('.menu a[href="/people"]', '**/people');
      await first.choose('#role', 'publisher');
      await first.to('form[action="/people/invite"] button');
      await first.press('Enter');
      await first.page.locator('#link').waitFor();
      await joins(second, await first.page.inputValue('#link'), words.second);
    });

    test('one writes, and what opens over the text closes with Escape', async () => {
      const { page } = first;
      await page.goto(house.newsroom);
      await first.enter(`button[name=lang][value=${lang}]`, '**/drafts/*');
      draft = new URL(page.url()).pathname;
      await page.locator('#ovn-sheet').waitFor();
      await first.to('#ovn-sheet');
      await first.press('Control+Home');
      // An address is made of Latin letters; how it is set otherwise is path.test.mjs's.
      await first.type(lang === 'ur' ? `${words.headline} Pul` : words.headline);
      await first.press('Enter');
      await first.type(words.standfirst);
      await first.press('Enter');
      await first.type(words.text);
      await closes(first, 'dialog', 'Control+Shift+c');
      await closes(first, 'dialog', 'Control+k');
      await closes(first, '.find', 'Control+f');
      // From the text as well.
      await first.press('Control+f');
      await page.locator('.find').waitFor();
      await page.locator('#ovn-sheet').focus();
      await first.press('Escape');
      await page.locator('.find').waitFor({ state: 'hidden' });
      await closes(first, 'dialog', 'Control+/');
      await first.press('Enter');
      await closes(first, '.slash', '/');
      await first.press('Backspace', 'Backspace');
      await isSaved(page);
      // The row of buttons is one stop for Tab, and arrows go along it.
      await page.keyboard.press('Shift+Tab');
      assert.ok(await first.has('.toolbar button'));
      const onward = lang === 'en' ? 'ArrowRight' : 'ArrowLeft';
      await first.press('Home', onward);
      assert.ok(await first.has('.toolbar button:nth-child(2)'));
    });

    test('takes a source, cites it, looks at the preview and hands the draft on', async () => {
      const { page } = first;
      await first.enter(`a[href="${draft}/sources"]`, '**/sources');
      await first.fill('#fetch-url', 'http://council.example/footbridge');
      await first.choose('#fetch-kind', 'statement');
      await first.fill('#fetch-title', words.source);
      await first.enter('form[action$="/fetch"] button.go', '**/sources?did=*');
      await first.enter(`main a[href="${draft}"]`, `**${draft}`);
      await page.locator('#ovn-sheet', { hasText: words.text }).waitFor();
      await first.to('#ovn-sheet');
      await first.press('Control+End', 'Control+Shift+c');
      await page.locator('dialog [role=option]').first().waitFor();
      await first.press('Enter');
      await page.locator('dialog').waitFor({ state: 'detached' });
      await first.type(words.end);
      await isSaved(page);
      assert.equal(await page.locator('#ovn-sheet .cite').count(), 1);
      await first.enter(`a[href="${draft}/preview"]`, '**/preview');
      await first.to('#words');
      await first.type(words.second);
      await first.choose('#days', '7');
      await first.to('form[action$="/share"] button');
      await first.press('Enter');
      await page.locator('#link').waitFor();
      await page.goto(house.newsroom + draft);
      await page.locator('#ovn-sheet').waitFor();
      await first.enter('form[action$="/submit"] button', '**?did=submit');
    });

    test('the other approves, schedules, takes it off, and publishes', async () => {
      const { page } = second;
      await page.goto(house.newsroom);
      await second.enter(`main a[href="${draft}"]`, `**${draft}`);
      await second.enter('form[action$="/approve"] button', '**?did=approve');
      await second.enter('a[href$="/schedule"].button', '**/schedule');
      await page.locator('#moment').waitFor();
      const soon = await page.getAttribute('#moment', 'min');
      await second.moment('#moment', `${Number(soon.slice(0, 4)) + 1}-01-01T09:00`);
      await second.enter('form[action$="/schedule"] button.go', '**?did=schedule');
      await second.enter('form[action$="/unschedule"] button', '**?did=unschedule');
      await second.enter('a[href$="/publish"]', '**/publish');
      await second.enter('form[action$="/publish"] button.go', '**?did=sealed');
    });

    test('one corrects, the other publishes it with class and note', async () => {
      const { page } = first;
      await page.goto(house.newsroom);
      await first.enter('.menu a[href="/articles"]', '**/articles');
      await first.enter('form[action="/articles/correct"] button', '**/drafts/*');
      draft = new URL(page.url()).pathname;
      await page.locator('#ovn-sheet', { hasText: words.text }).waitFor();
      await first.to('#ovn-sheet');
      await first.press('Control+End', 'Enter');
      await first.type(words.more);
      await isSaved(page);
      await first.enter('form[action$="/submit"] button', '**?did=submit');
      await second.page.goto(house.newsroom + draft);
      await second.enter('form[action$="/approve"] button', '**?did=approve');
      await second.enter('a[href$="/publish"]', '**/publish');
      await second.choose('#class', 'update');
      await second.fill('#note', words.note);
      await second.enter('form[action$="/publish"] button.go', '**?did=sealed');
      const path = new URL(await second.page.getAttribute('.note a', 'href')).pathname;
      assert.ok((await (await fetch(house.readers + path)).text()).includes(words.more));
    });

    test('no mouse, pen or finger was used', () => assert.deepEqual(heard.flat(), []));
  });
}
