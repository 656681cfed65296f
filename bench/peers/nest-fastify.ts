import { FastifyAdapter } from '@nestjs/platform-fastify';
import { serveNest } from './nest/nest-app.ts';
import type { Serve } from './peer-server.ts';

export const serve: Serve = async () => serveNest(new FastifyAdapter());
