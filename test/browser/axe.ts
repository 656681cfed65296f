import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** All that axe finds wrong with a page as it is now. */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  // Not a script element: the page's own policy would forbid it.
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations.map(
    ({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}
