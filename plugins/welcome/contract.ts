import { extensionPoint } from 'plugboard';

/** A link in the menu of the welcome page. */
export interface MenuItem {
  readonly title: string;
  /** From the root of the host: the contributor's `PluginInfo.baseUrl`, then the path of its route. */
  readonly href: string;
}

/** Plugins contribute their links here. */
export const MenuItems = extensionPoint<MenuItem>('welcome.menu');
