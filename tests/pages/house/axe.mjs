// A page looked at for everybody: axe-core at WCAG 2.2 AA, and what stands out of the page sideways.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
// Pictures of what is looked at, for whoever wants to see them.
const SHOTS = process.env.OVN_SHOTS;
if (SHOTS) mkdirSync(SHOTS, { recursive: true });

// Brings axe into a page; a page that is loaded anew needs it again.
export const bring = (page) => page.evaluate(AXE);

// Target-size is of WCAG 2.2 AA and is off by default in axe.
const run = ({ type, values }) =>
  window.axe
    .run(document, { runOnly: { type, values }, rules: type === 'tag' ? { 'target-size': { enabled: true } } : {}, resultTypes: ['violations'] })
    .then(({ violations }) =>
      violations.map((v) => `${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 160)} [${v.nodes[0].failureSummary?.split('\n')[1]?.trim() ?? ''}]`));

// What axe finds in a page that has it; by some of its rules alone, if they are named.
export const audit = (page, rules) => page.evaluate(run, rules ? { type: 'rule', values: rules } : { type: 'tag', values: RULES });

// What stands out of the page sideways, if the page can be pushed sideways at all.
export const sideways = (page) =>
  page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return '';
    const wide = [...document.querySelectorAll('body *')].find((element) => {
      const box = element.getBoundingClientRect();
      return box.right > root.clientWidth + 1 || box.left < -1;
    });
    return `${root.scrollWidth} px wide: ${wide?.outerHTML.slice(0, 120)}`;
  });

// What is wrong with a loaded page at 360 and 1280 px, light and dark; `name` stands in the findings and the pictures.
export async function look(page, name) {
  const faults = [];
  await bring(page);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      const where = `${name} at ${width} px, ${colorScheme}`;
      for (const found of [...(await audit(page)), await sideways(page)].filter(Boolean)) faults.push(`${where}: ${found}`);
      if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
  return faults;
}
