import { inject, injectable } from 'inversify';
import { Logger, Plugin, Secret, type HostOptions, type PluginSettings } from 'plugboard';
import { IsArray, IsInt, IsObject, IsString } from 'class-validator';
import { Body, Get, JsonController, Param, Post } from 'routing-controllers';
import { DashboardPlugin } from '../../plugins/dashboard/index.ts';

export abstract class Store {
  abstract count(): number;
}

@injectable()
class MemoryStore extends Store {
  count(): number {
    return 3;
  }
}

class StorageConfig {
  @IsString() readonly url: string = 'postgres://shop:correct-horse@db.example.org/shop';
  @Secret() @IsString() readonly password: string = 'battery-staple';
  @IsString() readonly apiKey: string = 'key-of-the-shop';
  @IsInt() readonly poolSize: number = 5;
  @IsObject() readonly credentials: object = { user: 'correct-horse', days: 7 };
  @IsArray() readonly replicas: readonly object[] = [{ url: 'db2', password: 'correct-horse' }];
}

@Plugin({
  name: 'storage',
  version: '2.0.1',
  services: [[Store, MemoryStore]],
  exports: [Store],
  config: StorageConfig,
})
export class StoragePlugin {}

@Plugin({ name: 'shop', version: '1.4.0', description: 'Sells <b>things</b>', requires: { storage: '^2' } })
@JsonController('/shop')
export class ShopPlugin {
  constructor(
    private readonly store: Store,
    private readonly log: Logger,
  ) {}

  @Get()
  list() {
    this.log.info('somebody looks around', { note: '<script>' });
    return { items: ['tea', 'cups'], count: this.store.count() };
  }

  @Get('/items/:id')
  item(@Param('id') id: string) {
    if (id === '13') throw new Error('no such shelf');
    return { id };
  }

  @Post('/orders')
  order(@Body() order: object) {
    return { ordered: order };
  }
}

abstract class Mailer {
  abstract send(): void;
}

@Plugin({ name: 'newsletter', version: '0.3.0' })
export class NewsletterPlugin {
  constructor(@inject(Mailer) readonly mailer: Mailer) {}
}

/** Starts as long as nobody breaks it. */
export const weather = { isBroken: false };

class WeatherConfig {
  @IsString() readonly station: string = 'Potsdam';
}

@Plugin({ name: 'weather', version: '1.0.0', config: WeatherConfig, supervise: { intensity: 0 } })
@JsonController('/weather')
export class WeatherPlugin {
  onStart(): void {
    if (weather.isBroken) throw new Error('no <sensor> found');
  }

  @Get()
  now() {
    return { degrees: 21 };
  }
}

export const token = 'a-long-and-random-token';

/** A host with a dashboard; `settings` are the dashboard's. */
export function dashboardOptions(settings: PluginSettings): HostOptions {
  return {
    plugins: [StoragePlugin, ShopPlugin, NewsletterPlugin, WeatherPlugin, DashboardPlugin],
    settings: { dashboard: settings },
  };
}

export const forEverything: PluginSettings = { config: { loopback: true }, grants: ['control'] };
