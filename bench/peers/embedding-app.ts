import express, { type Express } from 'express';
import { sendHello, sendItem } from './express-app.ts';
import type { Asked } from './peer-server.ts';
import { plugboardHost } from './plugboard-host.ts';

/** Scenario g: an action by hand, and the same one from a plugin, in one app. */
export async function embeddingApp(asked: Asked): Promise<Express> {
  const app = express();
  if (asked.variant === 'constant') app.get('/by-hand/hello', sendHello);
  else app.get('/by-hand/items/:id', sendItem);
  const host = plugboardHost(asked);
  await host.start();
  return app.use('/plugins', host.handler);
}
