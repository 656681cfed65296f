import { Plugin } from 'plugboard';
import { Controller, Get, Header, Render } from 'routing-controllers';
import { GuestbookStatsApi } from './api.ts';
import { StatisticsLink, MenuItems } from './menu-link.ts';
import { Statistics } from './statistics.ts';

@Plugin({
  name: 'guestbook-stats',
  version: '1.0.0',
  description: 'Counts who writes in the guestbook',
  requires: { guestbook: '^1.0.0' },
  assets: './assets',
  controllers: [GuestbookStatsApi],
  services: [Statistics],
  contributes: [[MenuItems, StatisticsLink]],
})
@Controller('/guestbook-stats')
export class GuestbookStatsPlugin {
  constructor(private readonly statistics: Statistics) {}

  @Get()
  @Header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
  @Render('stats')
  show() {
    return this.statistics.current();
  }
}
