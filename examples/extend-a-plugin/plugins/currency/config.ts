import { IsObject } from 'class-validator';

export class CurrencyConfig {
  /** What a euro is worth, by currency. */
  @IsObject()
  readonly rates: Readonly<Record<string, number>> = { USD: 1.1, CHF: 0.95 };
}
