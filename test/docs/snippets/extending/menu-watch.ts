import { inject } from 'inversify';
import { Logger, Plugin, type Extensions } from 'plugboard';
import { MenuItems, type MenuItem } from '../../../../plugins/welcome/contract.ts';

// #region events
@Plugin({ name: 'menu-watch' })
export class MenuWatchPlugin {
  constructor(@inject(MenuItems) items: Extensions<MenuItem>, log: Logger) {
    items.on('added', ({ plugin, value }) => log.info('came', { from: plugin, title: value.title }));
    items.on('removed', ({ plugin, value }) => log.info('went', { from: plugin, title: value.title }));
  }
}
// #endregion
