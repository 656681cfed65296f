import type { Request } from 'express';
import { inject } from 'inversify';
import { Plugin, Plugins, type Extensions } from 'plugboard';
import { Controller, Get, Header, Render, Req } from 'routing-controllers';
import { MenuItems, type MenuItem } from './contract.ts';
import { describeMenu } from './menu.ts';
import { describePlugins, summarize } from './overview.ts';

@Plugin({
  name: 'welcome',
  version: '1.0.0',
  description: 'Shows which plugins run, what they serve, and how to mend those that failed',
  assets: './assets',
})
// #region page
@Controller()
export class WelcomePlugin {
  constructor(
    private readonly plugins: Plugins,
    @inject(MenuItems) private readonly menuItems: Extensions<MenuItem>,
  ) {}

  @Get('/')
  @Header('Cache-Control', 'no-store')
  @Header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
  @Render('welcome')
  show(@Req() request: Request) {
    const plugins = describePlugins(this.plugins.statuses, request.baseUrl);
    const menu = describeMenu(this.menuItems.values, request.baseUrl);
    return { menu, plugins, summary: summarize(plugins) };
  }
}
// #endregion
