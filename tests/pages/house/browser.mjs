// One Chromium for all checks, started so that it talks to nobody but the page's own server.
import { chromium as driver } from 'playwright-core';
import { chromium } from './chromium.mjs';

const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
];

// `more` are arguments that one test needs besides.
export async function launch(more = []) {
  const executablePath = chromium();
  if (!executablePath) throw new Error('No Chromium was found; tests/pages/prepare installs one.');
  // Chromium refuses its sandbox to root, which is what continuous integration often is.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return driver.launch({ executablePath, args: [...QUIET, ...asRoot, ...more] });
}

// Runs `work` over `items`, a few at a time, and keeps their order.
export async function pool(items, work, atOnce = 3) {
  const results = new Array(items.length);
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const mine = next++;
      results[mine] = await work(items[mine], mine);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
  return results;
}
