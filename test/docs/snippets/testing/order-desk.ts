import { IsInt, Min } from 'class-validator';
import { inject, injectable } from 'inversify';
import { Logger, Plugin, token } from 'plugboard';
import { CurrentUser, JsonController, Param, Post } from 'routing-controllers';

export interface Mailer {
  send(to: string, text: string): Promise<void>;
  verify(): Promise<boolean>;
}
export const Mailer = token<Mailer>('mailer');

export class DeskConfig {
  @IsInt()
  @Min(1)
  readonly most: number = 10;
}

@injectable()
export class Stock {
  constructor(private readonly config: DeskConfig) {}

  take(count: number): number {
    return Math.min(count, this.config.most);
  }
}

@Plugin({ name: 'order-desk', config: DeskConfig, services: [Stock] })
@JsonController('/orders')
export class OrderDesk {
  constructor(
    private readonly stock: Stock,
    @inject(Mailer) private readonly mailer: Mailer,
    private readonly log: Logger,
  ) {}

  @Post('/:count')
  async order(@Param('count') count: number, @CurrentUser() user: { email: string }) {
    const taken = this.stock.take(count);
    await this.mailer.send(user.email, `${taken} are yours`);
    this.log.info('ordered', { taken });
    return { taken };
  }
}
