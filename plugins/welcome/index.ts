import type { Request } from 'express';
import { Plugin, Plugins } from 'plugboard';
import { Controller, Get, Header, Render, Req } from 'routing-controllers';
import { describePlugins, summarize } from './overview.ts';

@Plugin({
  name: 'welcome',
  version: '1.0.0',
  description: 'Shows which plugins run, what they serve, and how to mend those that failed',
  assets: './assets',
})
@Controller()
export class WelcomePlugin {
  constructor(private readonly plugins: Plugins) {}

  @Get('/')
  @Header('Cache-Control', 'no-store')
  @Header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
  @Render('welcome')
  show(@Req() request: Request) {
    const plugins = describePlugins(this.plugins.statuses, request.baseUrl);
    return { plugins, summary: summarize(plugins) };
  }
}
