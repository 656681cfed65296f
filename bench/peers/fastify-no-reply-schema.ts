import { serveFastify } from './fastify-app.ts';
import type { Serve } from './peer-server.ts';

/** With a schema for what comes in only, as many apps have it. */
export const serve: Serve = async (asked) => serveFastify(asked, { replies: false });
