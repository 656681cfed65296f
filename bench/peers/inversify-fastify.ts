import { InversifyFastifyHttpAdapter, type FastifyMiddleware } from '@inversifyjs/http-fastify';
import { InversifyValidationErrorFilter } from '@inversifyjs/http-validation';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { injectable } from 'inversify';
import { shopContainer } from './inversify/shop-container.ts';
import { portOf, type Serve } from './peer-server.ts';

@injectable()
class Stamp implements FastifyMiddleware {
  execute(_request: FastifyRequest, reply: FastifyReply, next: () => void): void {
    void reply.header('x-stamp', 'bench');
    next();
  }
}

export const serve: Serve = async () => {
  const adapter = new InversifyFastifyHttpAdapter(shopContainer(Stamp), { logger: false });
  adapter.useGlobalFilters(InversifyValidationErrorFilter);
  const app = await adapter.build();
  await app.listen({ port: 0, host: '127.0.0.1' });
  return portOf(app.server);
};
