import { serveFastify } from './fastify-app.ts';
import type { Serve } from './peer-server.ts';

/** With a schema for what comes in and for what goes out: Fastify at its fastest. */
export const serve: Serve = async (asked) => serveFastify(asked, { replies: true });
