// A page by keyboard alone: a walk through everything that can be used, and the hand that does the work.
import assert from 'node:assert/strict';

// More than any page has; who needs more is caught.
const MOST = 400;

// In the page: what Tab should reach, in the document's order, with how it looks while nobody is there.
const prepare = () => {
  const look = (element) => {
    const style = getComputedStyle(element);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.borderColor, style.backgroundColor].join();
  };
  const around = (element) => [element, element.parentElement, element.parentElement?.parentElement].filter(Boolean).map(look);
  const firstOf = (element) => {
    if (element.type !== 'radio') return true;
    const group = [...document.querySelectorAll('input[type=radio]')].filter((one) => one.name === element.name && one.form === element.form);
    return element === (group.find((one) => one.checked) ?? group[0]);
  };
  document.activeElement?.blur?.();
  const wanted = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex], [contenteditable=true]')]
    .filter((element) => !element.disabled && (element.tabIndex >= 0 || element.contentEditable === 'true') && element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]') && firstOf(element));
  window.walked = { wanted, rest: wanted.map(around), around };
  return wanted.map((element) => element.outerHTML.replace(/\s+/g, ' ').slice(0, 110));
};

// In the page: which of them has the focus, and what is wrong with how that is shown.
const where = () => {
  const { wanted, rest, around } = window.walked;
  const active = document.activeElement;
  const at = wanted.indexOf(active);
  if (at < 0) return { at, body: active === document.body || active === document.documentElement, html: active?.outerHTML.slice(0, 110) };
  if (active.tagName === 'IFRAME') return { at };
  const seen = around(active).some((look, number) => look !== rest[at][number]);
  const { left, top, right, bottom, width, height } = active.getBoundingClientRect();
  const inside = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  // Of a long field the line of the caret is enough.
  const points = [0.5, 0.1, 0.9].flatMap((x) => [top + height / 2, top + 8, bottom - 8].map((y) => [left + width * x, y]));
  const free = points.some(([x, y]) => {
    const on = document.elementFromPoint(x, y);
    return on && (active.contains(on) || on.contains(active));
  });
  return { at, fault: !seen ? 'nothing shows that it has the focus' : !inside ? 'it is outside of the window' : !free ? 'it is covered' : '' };
};

// Goes through a loaded page by Tab, forwards to its end, and a step back; what is wrong with it.
export async function walk(page, name) {
  const all = await page.evaluate(prepare);
  const faults = [];
  const seen = new Set();
  let last = -1;
  let still = 0;
  for (let step = 0; step < MOST && still < 60; step++) {
    await page.keyboard.press('Tab');
    const { at, body, html, fault } = await page.evaluate(where);
    if (body || (at >= 0 && at < last && at <= 0)) break;
    if (at < 0) {
      faults.push(`${name}: the focus is on what Tab should not reach: ${html}`);
      continue;
    }
    still = at === last ? still + 1 : 0;
    if (at < last) faults.push(`${name}: the focus goes back from ${all[last]} to ${all[at]}`);
    if (fault && !seen.has(at)) faults.push(`${name}: ${fault}: ${all[at]}`);
    seen.add(at);
    last = at;
    if (seen.size === all.length && at === all.length - 1) break;
  }
  if (still >= 60) faults.push(`${name}: the focus is caught in ${all[last]}`);
  all.forEach((html, at) => !seen.has(at) && faults.push(`${name}: Tab does not reach ${html}`));
  if (all.length > 1 && last > 0) {
    await page.keyboard.press('Shift+Tab');
    const back = (await page.evaluate(where)).at;
    if (back >= last) faults.push(`${name}: Shift+Tab does not lead back from ${all[last]}`);
  }
  return faults;
}

// The skip link is the first thing, is seen when it has the focus, and leads past the menu.
export async function skips(page, name) {
  await page.evaluate(() => document.activeElement?.blur?.());
  await page.keyboard.press('Tab');
  const shown = await page.evaluate(() => document.activeElement?.matches('.skip') && document.activeElement.getBoundingClientRect().top >= 0);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const past = await page.evaluate(() => !document.activeElement?.closest('header'));
  return shown && past ? [] : [`${name}: the skip link ${shown ? 'does not lead past the menu' : 'is not the first thing that Tab reaches'}`];
}

// Somebody who has a keyboard and no mouse.
export class Hand {
  constructor(page) {
    this.page = page;
  }

  has(selector) {
    return this.page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
  }

  // On with Tab until the focus is on the first thing that `selector` names.
  async to(selector) {
    await this.page.locator(selector).first().waitFor();
    for (let step = 0; step < MOST; step++) {
      if (await this.has(selector)) return this;
      await this.page.keyboard.press('Tab');
    }
    return assert.fail(`Tab does not reach ${selector} on ${this.page.url()}`);
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
    return this;
  }

  async type(words) {
    await this.page.keyboard.type(words);
    return this;
  }

  // Into a field, in place of what stands in it.
  async fill(selector, words) {
    await this.to(selector);
    await this.press('Control+a');
    return this.type(words);
  }

  // A moment into a field for day and hour, whose parts stand in the order of the page's language; of day and month browsers
  // are of two minds, so let both be the same number. A part of two digits leads on by itself.
  async moment(selector, moment) {
    await this.to(selector);
    const [, year, month, day, hour, minute] = /(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(moment);
    const parts = await this.page.evaluate(() => {
      const all = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' };
      return new Intl.DateTimeFormat(document.documentElement.lang, all).formatToParts(0).map(({ type }) => type);
    });
    const halves = parts.includes('dayPeriod');
    const hours = halves ? String(hour % 12 || 12).padStart(2, '0') : hour;
    const words = { year, month, day, hour: hours, minute, dayPeriod: hour < 12 ? 'A' : 'P' };
    for (const part of parts.filter((one) => one in words)) {
      await this.type(words[part]);
      if (part === 'year') await this.press('Tab');
    }
    assert.equal(await this.page.inputValue(selector), moment);
    return this;
  }

  // In a list of choices, by arrows.
  async choose(selector, value) {
    await this.to(selector);
    await this.press('Home');
    for (let step = 0; step < 40; step++) {
      if ((await this.page.inputValue(selector)) === value) return this;
      await this.press('ArrowDown');
    }
    return assert.fail(`the arrows do not reach ${value} in ${selector}`);
  }

  // A link or a button, by Enter; then the page that it leads to.
  async enter(selector, to) {
    await this.to(selector);
    await Promise.all([this.page.waitForURL(to), this.press('Enter')]);
    return this;
  }
}

// Tells of every press of a mouse, a pen or a finger in a context.
export async function mice(context) {
  const heard = [];
  await context.exposeBinding('ovnHeard', (_, what) => heard.push(what));
  await context.addInitScript(() => {
    for (const kind of ['mousedown', 'pointerdown', 'touchstart']) addEventListener(kind, (event) => window.ovnHeard(`${kind} on ${event.target.outerHTML.slice(0, 80)}`), true);
  });
  return heard;
}
