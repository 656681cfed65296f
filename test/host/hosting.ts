import express, { type Express } from 'express';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import supertest from 'supertest';
import {
  createHost,
  type Host,
  type HostEvent,
  type HostEventMap,
  type HostOptions,
  type LogTarget,
  type PluginStatus,
} from 'plugboard';

/** One line that a host logged. */
export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

/** A log that keeps its lines. */
export function captureLog(lines: LogLine[]): LogTarget {
  const write = (level: string) => (fields: object, message: string) => {
    lines.push({ ...fields, level, message });
  };
  return {
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
}

const opened: Host[] = [];

/** A host that writes into `logs` and is closed by `closeHosts`. */
export function quietHost(options: HostOptions, logs: LogLine[] = []): Host {
  const host = createHost({ log: captureLog(logs), ...options });
  opened.push(host);
  return host;
}

export interface StartedApp {
  readonly host: Host;
  readonly app: Express;
  readonly request: supertest.Agent;
  readonly logs: readonly LogLine[];
}

/** A started host in an app that has nothing else. */
export async function serve(options: HostOptions): Promise<StartedApp> {
  const logs: LogLine[] = [];
  const host = quietHost(options, logs);
  await host.start();
  const app = express().use(host.handler);
  return { host, app, request: supertest(app), logs };
}

/** For `afterEach`. */
export async function closeHosts(): Promise<void> {
  await Promise.all(opened.splice(0).map(async (host) => host.close()));
}

export function statusOf({ plugins }: Host, name: string): PluginStatus {
  const found = plugins.find((status) => status.name === name);
  if (!found) throw new Error(`no plugin ${name} among ${plugins.map((status) => status.name).join(', ')}`);
  return found;
}

/** What is told next; to be called before that is done which makes it happen. */
export async function happens<Event extends HostEvent>(
  host: Host,
  event: Event,
): Promise<HostEventMap[Event]> {
  return new Promise((resolve) => {
    const stop = host.on(event, (happened) => {
      stop();
      resolve(happened);
    });
  });
}

const folders: string[] = [];

/** Writes files into a new folder outside the repository; `removeFolders` takes it away. */
export async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'plugboard-host-')));
  folders.push(folder);
  await Promise.all(
    Object.entries(files).map(async ([name, text]) => {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }),
  );
  return folder;
}

/** For `afterEach`, or `after`. */
export async function removeFolders(): Promise<void> {
  await Promise.all(folders.splice(0).map(async (folder) => rm(folder, { recursive: true, force: true })));
}
