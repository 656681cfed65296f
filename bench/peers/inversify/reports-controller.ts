import {
  ApplyMiddleware,
  Controller,
  Get,
  UseInterceptor,
  type Interceptor,
  type InterceptorTransformObject,
  type Middleware,
} from '@inversifyjs/http-core';
import { injectable, type Newable } from 'inversify';

@injectable()
export class Envelope implements Interceptor {
  async intercept(
    _request: unknown,
    _response: unknown,
    next: () => Promise<InterceptorTransformObject>,
  ): Promise<void> {
    const result = await next();
    result.push((data) => ({ data }));
  }
}

/** The two platforms' middlewares differ in how a header is set. */
export function reportsController(stamp: Newable<Middleware>): Newable {
  @Controller('/reports')
  @ApplyMiddleware(stamp)
  @UseInterceptor(Envelope)
  class ReportsController {
    @Get()
    async daily(): Promise<object> {
      return await Promise.resolve({ report: 'daily' });
    }
  }
  return ReportsController;
}
