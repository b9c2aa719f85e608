// Passkeys in a real browser whose authenticator is a virtual one: joining, coming again, a second one, and one taken away.
import { after, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { look } from './house/axe.mjs';
import { launch } from './house/browser.mjs';
import { joinWith, people } from './house/devices.mjs';
import { start } from './house/newsroom.mjs';
import { joinBy, PASSPHRASE } from './house/people.mjs';

const house = await start();
const chromium = await launch();
after(async () => {
  await chromium.close();
  house.stop();
});

const somebody = people(chromium);

async function signIn({ page }) {
  await page.goto(`${house.newsroom}/sign-in`);
  await page.click('form[data-passkey] button');
}

const out = ({ page }) => page.click('form[action="/sign-out"] button');
const named = ({ page }) => page.innerText('.who a');
const home = ({ page }) => page.waitForURL(`${house.newsroom}/`);

for (const [lang, name, other] of [['en', 'Amina Khan', 'Sana Mir'], ['ur', 'بلال احمد', 'ثنا میر']]) {
  describe(`passkeys: ${lang}`, () => {
    let first, device, second, faults;

    test('from the link to the drafts, out, and in again with nothing typed', async () => {
      first = await somebody();
      device = await first.device();
      await joinWith(first, house.link(), name, lang);
      const [credential] = await first.kept(device);
      assert.equal(credential.rpId, 'localhost');
      assert.ok(credential.isResidentCredential);
      await out(first);
      await first.page.goto(`${house.newsroom}/people`);
      assert.equal(new URL(first.page.url()).pathname, '/sign-in', 'the session is over');
      await signIn(first);
      await home(first);
      assert.equal(await named(first), name);
      assert.ok((await first.kept(device))[0].signCount > credential.signCount);
    });

    test('a user whom the authenticator did not verify stays outside and may try again', async () => {
      await out(first);
      await first.verified(device, false);
      await signIn(first);
      await first.page.waitForSelector('form[data-passkey] [role=alert]:not([hidden])');
      assert.equal(new URL(first.page.url()).pathname, '/sign-in');
      await first.verified(device, true);
      await first.page.click('form[data-passkey] button');
      await home(first);
    });

    test('a second one is added, and the lost one opens nothing any more', async () => {
      await first.leave(device);
      second = await first.device();
      await first.page.goto(`${house.newsroom}/me`);
      await first.page.fill('#key-name', 'Blue stick');
      await first.page.click('form[action="/me/passkeys"] button');
      await first.page.waitForSelector('text=Blue stick');
      const remove = 'form[action$="/forget"] button';
      assert.equal(await first.page.locator(remove).count(), 2);
      faults = await looked(first, '/me', `${lang}-me`);
      await out(first);
      await signIn(first);
      await home(first);
      await first.page.goto(`${house.newsroom}/me`);
      const lost = first.page.locator('li', { has: first.page.locator(remove) }).filter({ hasNotText: 'Blue stick' });
      await lost.locator(remove).click();
      await first.page.goto(`${house.newsroom}/me`);
      assert.equal(await first.page.locator(remove).count(), 1);
      assert.equal(await named(first), name, 'the session that did it goes on');
      assert.deepEqual(faults, []);
    });

    test('an invitation is accepted with a passkey, and one that is taken away ends its sessions', async () => {
      await first.page.goto(`${house.newsroom}/people`);
      await first.page.selectOption('#role', 'reporter');
      await first.page.click('form[action="/people/invite"] button');
      const link = await first.page.inputValue('#link');
      assert.ok(link.startsWith(`${house.newsroom}/join/`), link);
      const guest = await somebody();
      const key = await guest.device();
      await joinWith(guest, link, other, lang);
      const [kept] = await guest.kept(key);
      assert.equal(kept.userName, other);
      await first.page.goto(`${house.newsroom}/people`);
      await first.page.click(`a:has-text("${other}")`);
      await first.page.click('form[action$="/forget"] button');
      await guest.page.goto(`${house.newsroom}/`);
      assert.equal(new URL(guest.page.url()).pathname, '/sign-in', 'over with the next request');
      await guest.page.click('form[data-passkey] button');
      await guest.page.waitForSelector('.note.bad:not([hidden])');
      assert.equal(new URL(guest.page.url()).pathname, '/sign-in/passkey');
      await guest.context.close();
    });

    test('the pages that ask are there for everybody', async () => {
      const context = await chromium.newContext({ bypassCSP: true });
      const found = [];
      for (const [at, shown] of [[`${house.newsroom}/sign-in`, 'sign-in'], [house.link('reporter'), 'join']]) {
        const page = await context.newPage();
        await page.goto(`${at}?lang=${lang}`);
        assert.ok(await page.isVisible('form[data-passkey] button'), shown);
        found.push(...(await look(page, `${lang}-${shown}-passkey`)));
        await page.close();
      }
      await context.close();
      await first.context.close();
      assert.deepEqual(found, []);
    });
  });
}

// What is wrong with a screen, for somebody who is in.
async function looked({ context }, path, name) {
  const other = await chromium.newContext({ bypassCSP: true });
  await other.addCookies(await context.cookies());
  const page = await other.newPage();
  await page.goto(house.newsroom + path);
  const found = await look(page, name);
  await other.close();
  return found;
}

describe('without a passkey', () => {
  test('whoever has no scripts joins and signs in with a passphrase', async () => {
    const context = await chromium.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(house.link('reporter'));
    assert.equal(await page.locator('form[data-passkey]:visible').count(), 0);
    await joinBy(page, house.link('reporter'), 'Omar Vale', 'en');
    await page.click('form[action="/sign-out"] button');
    await page.fill('#name', 'Omar Vale');
    await page.fill('#passphrase', PASSPHRASE);
    await page.click('form[action="/sign-in"] button');
    await page.waitForURL(`${house.newsroom}/`);
    await context.close();
  });

  test('where browsers have none, the page says where they have', async () => {
    const context = await chromium.newContext();
    const page = await context.newPage();
    const number = house.newsroom.replace('localhost', '127.0.0.1');
    await page.goto(`${number}/sign-in`);
    assert.equal(await page.locator('form[data-passkey]').count(), 0);
    assert.equal(await page.getAttribute('main p a', 'href'), `${house.newsroom}/sign-in`);
    await context.close();
  });
});
