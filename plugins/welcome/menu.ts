import type { MenuItem } from './contract.ts';

/** The links of the menu as a browser follows them. `mount` is where the app has mounted the host. */
export function describeMenu(items: readonly MenuItem[], mount: string): readonly MenuItem[] {
  return items.filter(isComplete).map(({ title, href }) => ({ title, href: `${mount}${href}` }));
}

/** Nobody has checked what others contribute, and one faulty link is no reason to show no page. */
function isComplete(item: Partial<MenuItem> | null | undefined): boolean {
  return typeof item?.title === 'string' && typeof item.href === 'string' && item.href.startsWith('/');
}
