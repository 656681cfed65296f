import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A new page. What its policy forbids, and what a script throws, is added to `complaints`. */
export async function watchedPage(
  browser: Browser,
  complaints: string[],
  options?: BrowserContextOptions,
): Promise<Page> {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('the server responded')) {
      complaints.push(message.text());
    }
  });
  return page;
}
