import { injectable } from 'inversify';
import { extensionPoint, PluginInfo } from 'plugboard';

interface MenuItem {
  readonly title: string;
  readonly href: string;
}

// By its name: openapi runs where there is no welcome, too.
export const MenuItems = extensionPoint<MenuItem>('welcome.menu');

/** A class and not a value: the prefix that the app has given to the plugin is part of the link. */
@injectable()
export class ReferenceLink implements MenuItem {
  readonly title = 'API';
  readonly href: string;

  constructor({ baseUrl }: PluginInfo) {
    this.href = `${baseUrl}/openapi`;
  }
}
