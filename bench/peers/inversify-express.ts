import { InversifyExpressHttpAdapter, type ExpressMiddleware } from '@inversifyjs/http-express';
import { InversifyValidationErrorFilter } from '@inversifyjs/http-validation';
import type { NextFunction, Request, Response } from 'express';
import { injectable } from 'inversify';
import { createServer } from 'node:http';
import { shopContainer } from './inversify/shop-container.ts';
import { listenOn, type Serve } from './peer-server.ts';

@injectable()
class Stamp implements ExpressMiddleware {
  execute(_request: Request, response: Response, next: NextFunction): void {
    response.setHeader('x-stamp', 'bench');
    next();
  }
}

export const serve: Serve = async () => {
  const adapter = new InversifyExpressHttpAdapter(shopContainer(Stamp), { logger: false });
  adapter.useGlobalFilters(InversifyValidationErrorFilter);
  return listenOn(createServer(await adapter.build()));
};
