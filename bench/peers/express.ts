import { createServer } from 'node:http';
import { embeddingApp } from './embedding-app.ts';
import { expressApp } from './express-app.ts';
import { listenOn, type Serve } from './peer-server.ts';

export const serve: Serve = async (asked) =>
  listenOn(createServer(asked.scenario === 'g' ? await embeddingApp(asked) : expressApp()));
