import { injectable } from 'inversify';
import { Interceptor, type Action, type InterceptorInterface } from 'routing-controllers';
import { UnitOfWork } from './unit-of-work.ts';

/** Runs after an action that did not fail, before its answer is sent: who is told "done" can rely on it. */
@Interceptor()
@injectable('Request')
export class Commit implements InterceptorInterface {
  constructor(private readonly unit: UnitOfWork) {}

  async intercept(_action: Action, result: unknown): Promise<unknown> {
    await this.unit.commit();
    return result;
  }
}
