import type { Request, Response } from 'express';
import { injectable } from 'inversify';
import {
  Get,
  JsonController,
  UseBefore,
  UseInterceptor,
  type Action,
  type ExpressMiddlewareInterface,
  type InterceptorInterface,
} from 'routing-controllers';

@injectable()
export class Stamp implements ExpressMiddlewareInterface {
  use(_request: Request, response: Response, next: () => void): void {
    response.setHeader('x-stamp', 'bench');
    next();
  }
}

@injectable()
export class Envelope implements InterceptorInterface {
  intercept(_action: Action, result: unknown): object {
    return { data: result };
  }
}

/** Scenario e, for routing-controllers and for Plugboard. */
@injectable()
@JsonController('/reports')
@UseBefore(Stamp)
@UseInterceptor(Envelope)
export class ReportsController {
  @Get('/')
  async daily(): Promise<object> {
    return await Promise.resolve({ report: 'daily' });
  }
}
