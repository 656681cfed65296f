import { inject, injectable, optional } from 'inversify';
import { IsInt, IsString, Min } from 'class-validator';
import { CurrentUser, Get, JsonController, Param, Session } from 'routing-controllers';
import { Logger, Plugin, token } from 'plugboard';

export abstract class Clock {
  abstract now(): string;
  abstract zone(): string;
}

/** A service with private fields, as a mock too. */
export class CountingClock extends Clock {
  #reads = 0;

  get reads(): number {
    return this.#reads;
  }

  set reads(value: number) {
    this.#reads = value;
  }

  now(): string {
    this.#reads += 1;
    return `read ${this.#reads}`;
  }

  zone(): string {
    return 'UTC';
  }
}

export type Rounding = (amount: number) => number;
export const Rounding = token<Rounding>('rounding');
export const Currency = token<string>('currency');

/** An import that the plugin can do without. */
export class Printer {
  print(text: string): boolean {
    return text !== '';
  }
}

/** The plugin's own service. */
@injectable()
export class Prices {
  of(article: string): number {
    return article.length;
  }
}

export class TillConfig {
  @IsString()
  shop = 'corner';

  @IsInt()
  @Min(1)
  lanes = 1;
}

@Plugin({ name: 'till', version: '1.0.0', services: [Prices], config: TillConfig })
@JsonController('/till')
export class TillPlugin {
  constructor(
    @inject(Clock) readonly clock: Clock,
    @inject(Rounding) readonly round: Rounding,
    @inject(Currency) readonly currency: string,
    readonly prices: Prices,
    readonly config: TillConfig,
    readonly log: Logger,
    @inject(Printer) @optional() readonly printer?: Printer,
  ) {}

  @Get('/price/:article')
  price(@Param('article') article: string): object {
    this.log.info('priced', { article });
    return { price: `${this.round(this.prices.of(article))} ${this.currency}`, at: this.clock.now() };
  }

  @Get('/zone')
  zone(): object {
    return { zone: this.clock.zone() };
  }

  @Get('/cashier')
  cashier(@CurrentUser() user: { name: string }): object {
    return { cashier: user.name };
  }

  @Get('/visits')
  visits(@Session() session: { visits?: number }): object {
    session.visits = (session.visits ?? 0) + 1;
    return { visits: session.visits };
  }
}
