import { inject, injectable } from 'inversify';
import { Logger, type Extensions } from 'plugboard';
import type { Action } from 'routing-controllers';
import { OfferInterceptors, type Offer, type OfferInterceptor } from './contract.ts';

/** The shop's own interceptor, which hands its answers to those of other plugins, one after the other. */
@injectable()
export class ContributedInterceptors implements OfferInterceptor {
  constructor(
    @inject(OfferInterceptors) private readonly interceptors: Extensions<OfferInterceptor>,
    private readonly log: Logger,
  ) {}

  async intercept(action: Action, offers: readonly Offer[]): Promise<readonly Offer[]> {
    let answer = offers;
    for (const { plugin, value } of this.interceptors) {
      try {
        answer = await value.intercept(action, answer);
      } catch (error) {
        // What fails is another plugin's. The shop still has something to say.
        this.log.warn('an interceptor failed', { contributor: plugin, error });
      }
    }
    return answer;
  }
}
