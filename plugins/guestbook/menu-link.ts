import { injectable } from 'inversify';
import { extensionPoint, PluginInfo } from 'plugboard';
import type { MenuItem } from '../welcome/contract.ts';

// By its name, and only the type from the contract: the guestbook runs where there is no welcome, too.
export const MenuItems = extensionPoint<MenuItem>('welcome.menu');

/** A class and not a value: the prefix that the app has given to the plugin is part of the link. */
@injectable()
export class GuestbookLink implements MenuItem {
  readonly title = 'Guestbook';
  readonly href: string;

  constructor({ baseUrl }: PluginInfo) {
    this.href = `${baseUrl}/guestbook`;
  }
}
