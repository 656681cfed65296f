import { Plugin } from 'plugboard';
import { GuestbookApi } from './api.ts';
import { GuestbookConfig } from './config.ts';
import { GuestbookStore } from './contract.ts';
import { GuestbookLink, MenuItems } from './menu-link.ts';
import { GuestbookPage } from './page.ts';
import { SqliteStore } from './sqlite-store.ts';

@Plugin({
  name: 'guestbook',
  version: '1.0.0',
  description: 'A guestbook to read and sign, as a page and as an API',
  assets: './assets',
  config: GuestbookConfig,
  controllers: [GuestbookPage, GuestbookApi],
  services: [[GuestbookStore, SqliteStore]],
  exports: [GuestbookStore],
  contributes: [[MenuItems, GuestbookLink]],
})
export class GuestbookPlugin {}
