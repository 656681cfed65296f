import { IsIn } from 'class-validator';
import { Logger, Plugin } from 'plugboard';
import { Get, JsonController, NotFoundError, Param } from 'routing-controllers';
import { Station } from '../../contracts.ts';
import { Advice } from './advice.ts';

export class WeatherConfig {
  @IsIn(['celsius', 'fahrenheit'])
  readonly unit: 'celsius' | 'fahrenheit' = 'celsius';
}

@Plugin({
  name: 'weather',
  version: '1.0.0',
  description: 'Tells how warm it is and what to wear',
  config: WeatherConfig,
  services: [Advice],
})
@JsonController('/weather')
export class WeatherPlugin {
  constructor(
    private readonly station: Station,
    private readonly advice: Advice,
    private readonly config: WeatherConfig,
    private readonly log: Logger,
  ) {}

  @Get('/:city')
  async now(@Param('city') city: string) {
    const celsius = await this.#measure(city);
    const degrees = this.config.unit === 'celsius' ? celsius : celsius * 1.8 + 32;
    return { city, degrees, unit: this.config.unit, advice: this.advice.on(celsius) };
  }

  async #measure(city: string): Promise<number> {
    try {
      return await this.station.temperature(city);
    } catch (error) {
      this.log.warn('the station does not answer', { city, error });
      throw new NotFoundError(`Nobody knows how warm it is in ${city}.`);
    }
  }
}
