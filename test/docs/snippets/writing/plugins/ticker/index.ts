import { IsInt, Min } from 'class-validator';
import { Logger, Plugin } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';

export class TickerConfig {
  /** In ms. */
  @IsInt()
  @Min(10)
  readonly every: number = 1_000;
}

@Plugin({ name: 'ticker', config: TickerConfig, timeouts: { startMs: 2_000 } })
@JsonController('/ticks')
export class TickerPlugin {
  #ticks = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly config: TickerConfig,
    private readonly log: Logger,
  ) {}

  onStart() {
    this.#timer = setInterval(() => (this.#ticks += 1), this.config.every);
    this.log.info('ticking', { every: this.config.every });
  }

  onStop() {
    clearInterval(this.#timer);
  }

  @Get()
  ticks() {
    return { ticks: this.#ticks };
  }
}
