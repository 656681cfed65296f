import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const { PLUGBOARD_CHROMIUM: given, PLUGBOARD_BROWSER: demand } = process.env;

/** Where systems have it, unless `PLUGBOARD_CHROMIUM` says where it is. */
const places =
  given === undefined
    ? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
    : [given];

/**
 * A real browser without a window; undefined where the machine has none, which is said. With `PLUGBOARD_BROWSER=required`
 * it rejects instead.
 */
export async function openChromium(): Promise<Browser | undefined> {
  const executablePath = places.find((place) => existsSync(place));
  if (executablePath !== undefined) return chromium.launch({ executablePath, args: quiet });
  const missing = 'No Chromium on this machine (apt-get install chromium, or set PLUGBOARD_CHROMIUM)';
  if (demand === 'required') throw new Error(missing);
  console.log(`      ${missing}: what needs a browser is skipped.`);
  return undefined;
}

const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
