// The newsroom behind a proxy with TLS, as `newsroom-url` has it: passkeys, the cookies' names, redirects, and who else is let in.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { launch } from './house/browser.mjs';
import { joinWith, people } from './house/devices.mjs';
import { free, gate } from './house/gate.mjs';
import { start } from './house/newsroom.mjs';
import { isSaved } from './house/somebody.mjs';

const behind = await free();
const front = await gate('desk.localhost', behind);
const house = await start({ lines: `newsroom-url = "${front.url}"\n`, newsroom: `127.0.0.1:${behind}` });
const chromium = await launch([`--ignore-certificate-errors-spki-list=${front.spki}`]);
after(async () => {
  await chromium.close();
  house.stop();
  front.stop();
});

test('a newsroom behind a proxy with TLS', { timeout: 120_000 }, async () => {
  assert.equal(house.newsroom, front.url);
  const amina = await people(chromium)();
  await amina.device();
  const { page, context } = amina;
  const link = house.link();
  assert.ok(link.startsWith(`${front.url}/join/`), link);
  await page.goto(front.url);
  assert.equal(page.url(), `${front.url}/sign-in`, 'redirects stay on the address that people see');
  await joinWith(amina, link, 'Amina Khan', 'en');
  assert.equal(page.url(), `${front.url}/`);

  // Browsers keep a cookie with this prefix only from TLS, for this very host, with the path /.
  const cookies = await context.cookies();
  const names = cookies.map(({ name }) => name);
  assert.ok(names.includes('__Host-ovn-session') && names.includes('__Host-ovn-device'), names.join());
  assert.deepEqual(names.filter((name) => !name.startsWith('__Host-ovn-')), []);
  for (const { name, secure, httpOnly, sameSite, path, domain } of cookies) {
    assert.deepEqual({ secure, httpOnly, sameSite, path, domain }, { secure: true, httpOnly: true, sameSite: 'Strict', path: '/', domain: 'desk.localhost' }, name);
  }

  await page.click('form[action="/sign-out"] button');
  await page.waitForURL(`${front.url}/sign-in`);
  await page.click('form[data-passkey] button');
  await page.waitForURL(`${front.url}/`);

  // The editor's own requests and a form's redirect.
  await page.click('button[name=lang][value=en]');
  await page.locator('#ovn-sheet h1').click();
  await page.keyboard.type('Behind a gate');
  await isSaved(page);
  await page.click('form[action$="/submit"] button');
  await page.waitForURL(`${front.url}/drafts/*?did=submit`);
  assert.deepEqual(amina.errors, []);

  // Whoever comes past the proxy, by another name, is not answered as the newsroom.
  const past = await context.request.get(`http://127.0.0.1:${behind}/sign-in`);
  assert.equal(past.status(), 421);
  await context.close();
});
