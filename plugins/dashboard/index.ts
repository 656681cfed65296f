import { Logger, Plugin } from 'plugboard';
import { Access } from './access/access.ts';
import { Audit } from './access/audit.ts';
import { Gate } from './access/gate.ts';
import { Sessions } from './access/sessions.ts';
import { SignInController } from './access/sign-in.ts';
import { TokenCheck } from './access/token-check.ts';
import { ActionsController } from './actions/actions.ts';
import { PluginActions } from './actions/plugin-actions.ts';
import { DashboardConfig } from './config.ts';
import { EventsController } from './live/events.ts';
import { Ticker } from './live/ticker.ts';
import { PagesController } from './pages/pages.ts';
import { PluginPages } from './pages/plugin-page.ts';
import { Watch } from './watching/watch.ts';

@Plugin({
  name: 'dashboard',
  version: '1.0.0',
  description: 'Shows in the browser what each plugin does, which is broken, why, and how to mend it',
  config: DashboardConfig,
  controllers: [SignInController, PagesController, ActionsController, EventsController],
  middlewares: [Gate],
  services: [Access, Audit, Sessions, TokenCheck, Watch, Ticker, PluginActions, PluginPages],
  assets: './assets',
})
export class DashboardPlugin {
  constructor(
    private readonly access: Access,
    private readonly log: Logger,
  ) {}

  onStart(): void {
    if (this.access.isOn) return;
    this.log.info(
      'The dashboard is off, and answers 404. For browsers on this machine: settings: { dashboard: { config: { loopback: ' +
        'true } } }, or PLUGBOARD_DASHBOARD_LOOPBACK=true; for others: { token: process.env.DASHBOARD_TOKEN }, or ' +
        'PLUGBOARD_DASHBOARD_TOKEN, a long random text.',
    );
  }
}
