// People who come into a newsroom by its links.
import assert from 'node:assert/strict';
import { PASSPHRASE } from './client.mjs';

export { PASSPHRASE } from './client.mjs';

// Follows a link of the newsroom's and joins under a name; gives what `look` reads on the page of the codes.
export async function joinBy(page, link, name, lang, look = () => {}) {
  await page.goto(link);
  await page.fill('#name', name);
  await page.fill('#passphrase', PASSPHRASE);
  await page.fill('#again', PASSPHRASE);
  await page.selectOption('#lang', lang);
  await page.click('form:has(#passphrase) button.go');
  assert.equal(await page.locator('.codes li').count(), 8);
  const read = await look();
  await page.click('main a.go');
  return read;
}

// Two people, each at a browser of their own that `somebody` gives: the administrator, in English, and a publisher whom she
// lets in, in Urdu.
export async function two(house, somebody) {
  const amina = await somebody();
  await joinBy(amina.page, house.link(), 'Amina Khan', 'en');
  await amina.page.click('.menu a[href="/people"]');
  await amina.page.selectOption('#role', 'publisher');
  await amina.page.click('form[action="/people/invite"] button');
  const link = await amina.page.inputValue('#link');
  const bilal = await somebody();
  await joinBy(bilal.page, link, 'بلال احمد', 'ur');
  assert.equal(await bilal.page.getAttribute('html', 'dir'), 'rtl');
  return [amina, bilal];
}
