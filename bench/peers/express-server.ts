import { createServer } from '../plugboard.ts';
import { embeddingApp } from './embedding-app.ts';
import { expressApp } from './express-app.ts';
import { listenOn, type Serve } from './peer-server.ts';

/** What an app gains that has no plugins at all. */
export const serve: Serve = async (asked) =>
  listenOn(createServer(asked.scenario === 'g' ? await embeddingApp(asked) : expressApp()));
