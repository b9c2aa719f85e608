// A screen looked at for everybody: axe-core at WCAG 2.2 AA at 360 and 1280 px in light and dark, nothing to be pushed
// sideways at 320 and 360 px, nothing too small to be hit, and no words cut when they are twice as large.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { audit, bring, sideways } from './axe.mjs';

const SHOTS = process.env.OVN_SHOTS;
if (SHOTS) mkdirSync(SHOTS, { recursive: true });
const LEAST = 24;
// The dark scheme differs in colours alone.
const COLOURS = ['color-contrast', 'link-in-text-block'];

// What is smaller than 24 px (WCAG 2.2, 2.5.8), but for links within a sentence and what is not to be seen.
const small = (page) =>
  page.evaluate((least) => {
    const inSentence = (element) => getComputedStyle(element).display === 'inline' && [...element.parentNode.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
    return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]')].flatMap((element) => {
      if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('.skip, .ProseMirror') || inSentence(element)) return [];
      const { width, height } = element.getBoundingClientRect();
      return width >= least - 0.01 && height >= least - 0.01 ? [] : [`${Math.round(width)} × ${Math.round(height)} px is too small: ${element.outerHTML.slice(0, 100)}`];
    });
  }, LEAST);

// Words that do not fit into what they stand in, where what does not fit is hidden.
const cut = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('body *')].flatMap((element) => {
      const style = getComputedStyle(element);
      const hides = (way) => ['hidden', 'clip'].includes(style[way]);
      if (!element.checkVisibility() || element.closest('.hush, .skip, iframe') || !element.innerText?.trim()) return [];
      const wide = hides('overflowX') && element.scrollWidth > element.clientWidth + 1;
      const high = hides('overflowY') && element.scrollHeight > element.clientHeight + 1;
      return wide || high ? [`words are cut: ${element.outerHTML.slice(0, 100)}`] : [];
    }));

async function shot(page, name) {
  if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

// What is wrong with a loaded page; `name` stands in the findings and the pictures' names.
export async function see(page, name) {
  const faults = [];
  const found = (where, all) => faults.push(...all.filter(Boolean).map((fault) => `${name} ${where}: ${fault}`));
  await bring(page);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    found(`at ${width} px`, [...(await audit(page)), await sideways(page), ...(await small(page)), ...(await cut(page))]);
    await shot(page, `${name}-${width}-light`);
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    found(`at ${width} px, dark`, await audit(page, COLOURS));
    await shot(page, `${name}-${width}-dark`);
  }
  await page.setViewportSize({ width: 320, height: 900 });
  found('at 320 px', [await sideways(page)]);
  // Letters alone twice as large, as browsers have it in their settings. A page of 640 px at twice its size is what 320 px show.
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.addStyleTag({ content: 'html{font-size:200%}' });
  found('with letters of 200 %', [await sideways(page), ...(await cut(page))]);
  await shot(page, `${name}-large`);
  return faults;
}
