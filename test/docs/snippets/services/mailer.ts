// #region token
import { token } from 'plugboard';

export interface Mailer {
  send(to: string, text: string): Promise<void>;
}

export const Mailer = token<Mailer>('mailer');
// #endregion

// #region abstract
export abstract class Exchange {
  abstract rate(currency: string): number;
}

export class FixedExchange extends Exchange {
  rate(currency: string): number {
    return currency === 'EUR' ? 1 : 1.1;
  }
}
// #endregion
