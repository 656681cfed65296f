/** Plugins that the tests of the command line are about, as texts. */
export const greeter = `
import { Plugin } from 'plugboard';
import { Get, JsonController, Param } from 'routing-controllers';
@Plugin({ name: 'greeter', version: '1.2.3' })
@JsonController('/greet')
export class GreeterPlugin {
  @Get() all() { return 'hello'; }
  @Get('/:name') greet(@Param('name') name: string) { return 'hello ' + name; }
  onStop() { process.stdout.write('greeter stopped\\n'); }
}`;

export const broken = `
import { Plugin } from 'plugboard';
@Plugin({ name: 'broken', version: '0.1.0' })
export class BrokenPlugin { onStart() { throw new Error('no database'); } }`;

/** Can't be started, which can be told without trying. */
export const needy = `
import { Plugin } from 'plugboard';
abstract class Clock {}
@Plugin({ name: 'needy' })
export class NeedyPlugin { constructor(readonly clock: Clock) {} }`;

/** Answers when the process is told to end, and not before. */
export const patient = `
import { Plugin } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';
@Plugin({ name: 'patient' })
@JsonController('/patient')
export class PatientPlugin {
  @Get('/slow') async slow() {
    const told = new Promise((resolve) => process.once('SIGTERM', resolve));
    process.stdout.write('asked\\n');
    await told;
    return 'answered';
  }
}`;

/** Never answers. */
export const endless = `
import { Plugin } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';
@Plugin({ name: 'endless' })
@JsonController('/endless')
export class EndlessPlugin {
  @Get() async never() {
    process.stdout.write('asked\\n');
    return new Promise(() => undefined);
  }
}`;

/** Has something to say when it is started. */
export const talkative = `
import { Logger, Plugin } from 'plugboard';
@Plugin({ name: 'talkative' })
export class TalkativePlugin {
  constructor(private readonly log: Logger) {}
  onStart() {
    this.log.debug('a detail');
    this.log.error('a worry');
  }
}`;

/** A package that keeps the process alive as soon as it is imported. */
export const ticking: Readonly<Record<string, string>> = {
  'node_modules/ticking/package.json':
    '{ "name": "ticking", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
  'node_modules/ticking/index.js': 'export const timer = setInterval(() => {}, 1_000);',
};

/** Two plugins, one of which needs the other. */
export const shop: Readonly<Record<string, string>> = {
  'plugins/prices/contract.ts': `
import { round } from '../../shared/money.ts';
export abstract class PriceList {
  abstract priceOf(item: string): number;
  rounded(item: string) { return round(this.priceOf(item)); }
}`,
  'plugins/prices/index.ts': `
import { injectable } from 'inversify';
import { Plugin } from 'plugboard';
import { PriceList } from './contract.ts';
@injectable()
class FixedPrices extends PriceList { priceOf(item: string) { return item.length + 0.123; } }
process.env['WATCH_CONSTRUCTION'] && setInterval(() => undefined, 1_000);
@Plugin({ name: 'prices', version: '2.0.0', services: [[PriceList, FixedPrices]], exports: [PriceList] })
export class PricesPlugin {
  constructor() { process.stderr.write('prices constructed\\n'); }
}`,
  'plugins/shop.ts': `
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IsString } from 'class-validator';
import { Plugin } from 'plugboard';
import { Body, Get, JsonController, Param, Post } from 'routing-controllers';
import { Currency } from '../shared/money.ts';
import { PriceList } from './prices/contract.ts';
class Order { @IsString() item!: string; }
@Plugin({ name: 'shop', version: '1.0.0' })
@JsonController('/shop')
export class ShopPlugin {
  constructor(private readonly prices: PriceList) {}
  @Get('/price/:item') price(@Param('item') item: string) {
    return { price: this.prices.rounded(item), currency: Currency.Euro };
  }
  @Get('/where') async where() {
    const { here } = await import('../shared/late.ts');
    return { here, file: readFileSync(join(import.meta.dirname, 'note.txt'), 'utf8') };
  }
  @Get('/fail') fail() { throw new Error('on line 21'); }
  @Post('/orders') order(@Body() { item }: Order) { return { ordered: item }; }
}`,
  'plugins/note.txt': 'beside the plugin',
  'shared/money.ts': `
export enum Currency { Euro = 'EUR' }
export function round(price: number): number { return Math.round(price * 100) / 100; }`,
  'shared/late.ts': `import type { Currency } from './money.ts';
export const here: Currency | string = 'imported late';`,
  'package.json': '{ "type": "module" }',
};
