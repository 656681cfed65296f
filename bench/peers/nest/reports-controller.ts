import {
  Controller,
  Get,
  Injectable,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  type NestMiddleware,
} from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { map, type Observable } from 'rxjs';

/** On Fastify, Nest gives a middleware the response of node:http. */
@Injectable()
export class Stamp implements NestMiddleware {
  use(_request: unknown, response: ServerResponse, next: () => void): void {
    response.setHeader('x-stamp', 'bench');
    next();
  }
}

@Injectable()
class Envelope implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<object> {
    return next.handle().pipe(map((data: unknown) => ({ data })));
  }
}

@Controller('reports')
@UseInterceptors(Envelope)
export class ReportsController {
  @Get()
  async daily(): Promise<object> {
    return await Promise.resolve({ report: 'daily' });
  }
}
