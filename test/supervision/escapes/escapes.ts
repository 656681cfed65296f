import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import express from 'express';
import supertest from 'supertest';
import { createHost, type Host, type HostOptions, type LogTarget } from 'plugboard';

/** A line of the log that tells of an error that escaped. */
export interface EscapeLine {
  readonly plugin: string;
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  readonly generation: number;
  readonly origin: string;
  readonly foundBy: string;
  readonly error: Error;
}

export const fixtures = join(import.meta.dirname, '../../fixtures/escapes');

const methods = ['emit', 'exit', 'abort', 'chdir', 'kill'] as const;

/** What hosts have put in the place of methods of `process`; undefined where it is Node's. */
export const placed = (): readonly (PropertyDescriptor | undefined)[] =>
  methods.map((name) => Object.getOwnPropertyDescriptor(process, name));

const opened: Host[] = [];

/** A started host, and the errors that escape from its plugins, as they come. */
export class EscapeBench {
  readonly lines: EscapeLine[] = [];
  readonly host: Host;
  readonly request: supertest.Agent;
  readonly #arrivals = new EventEmitter();

  private constructor(options: HostOptions) {
    this.host = createHost({ ...options, log: this.#log() });
    this.request = supertest(express().use(this.host.handler));
    opened.push(this.host);
  }

  static async start(options: HostOptions): Promise<EscapeBench> {
    const bench = new EscapeBench(options);
    await bench.host.start();
    return bench;
  }

  /** The next that nobody has asked for yet. */
  async next(): Promise<EscapeLine> {
    if (this.lines.length === 0) await once(this.#arrivals, 'line');
    return this.lines.shift() as EscapeLine;
  }

  #log(): LogTarget {
    const ignore = (): void => undefined;
    const error = (fields: object, message: string): void => {
      if ((fields as EscapeLine).code !== 'ESCAPED_ERROR') return;
      this.lines.push({ ...(fields as EscapeLine), message });
      this.#arrivals.emit('line');
    };
    return { trace: ignore, debug: ignore, info: ignore, warn: ignore, error };
  }
}

/** For `afterEach`. */
export async function closeBenches(): Promise<void> {
  await Promise.all(opened.splice(0).map(async (host) => host.close()));
}
