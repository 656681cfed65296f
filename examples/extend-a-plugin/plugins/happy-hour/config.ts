import { IsNumber, Max, Min } from 'class-validator';

export class HappyHourConfig {
  /** How much is taken off each price. */
  @IsNumber()
  @Min(0)
  @Max(100)
  readonly percent: number = 50;
}
