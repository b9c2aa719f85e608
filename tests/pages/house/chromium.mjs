// Finds a Chromium; run on its own, prints where it is or fails.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export function chromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = [process.env.CHROMIUM, ...NAMES.flatMap((name) => folders.map((at) => join(at, name)))];
  return places.filter(Boolean).find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = chromium();
  if (found) console.log(found);
  process.exit(found ? 0 : 1);
}
