// Pictures of pages: node shots.mjs FOLDER [--pages /,/ur] [--widths 320,1280] [--schemes light,dark] [--full]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launch, pool } from './house/browser.mjs';
import { crawl } from './house/crawl.mjs';
import { start } from './house/demo.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pages: { type: 'string' },
    widths: { type: 'string', default: '320,768,1280' },
    schemes: { type: 'string', default: 'light,dark' },
    full: { type: 'boolean', default: false },
  },
});
const folder = positionals[0];
if (!folder) {
  console.error('Usage: node shots.mjs FOLDER [--pages /,/ur] [--widths 320,1280] [--schemes light,dark] [--full]');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const demo = await start();
const browser = await launch();
try {
  const paths = values.pages?.split(',') ?? (await crawl(demo.address)).html.map((page) => page.path);
  const views = paths.flatMap((path) =>
    values.widths.split(',').flatMap((width) => values.schemes.split(',').map((scheme) => ({ path, width: Number(width), scheme }))));
  await pool(views, async ({ path, width, scheme }) => {
    const context = await browser.newContext({ viewport: { width, height: width < 600 ? 700 : 900 }, colorScheme: scheme, deviceScaleFactor: 2 });
    const page = await context.newPage();
    await page.goto(demo.address + path);
    const name = decodeURIComponent(path).replace(/^\/$/, 'front').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
    const file = join(folder, `${name}-${width}-${scheme}.png`);
    await page.screenshot({ path: file, fullPage: values.full });
    await context.close();
    console.log(file);
  });
} finally {
  await browser.close();
  demo.stop();
}
