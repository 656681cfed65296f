import express, { type Express } from 'express';
import { embeddingApp } from './embedding-app.ts';
import type { Asked } from './peer-server.ts';
import { plugboardHost } from './plugboard-host.ts';

/** An app of plugins and nothing else; in scenario g, the one that Express is compared in. */
export async function appWithPlugins(asked: Asked): Promise<Express> {
  if (asked.scenario === 'g') return embeddingApp(asked);
  const host = plugboardHost(asked);
  await host.start();
  return express().use(host.handler);
}
