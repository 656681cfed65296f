import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import express, { type Express, type RequestHandler, type ErrorRequestHandler } from 'express';
import { controllersHandler, routingControllersErrorBody, type ControllersHandlerOptions } from 'plugboard';
import { useExpressServer, type RoutingControllersOptions } from 'routing-controllers';
import supertest, { type Test } from 'supertest';

/** In the place of an empty list, which means all that there are. */
export class Nothing {}

export interface Sides {
  readonly ours: Express;
  readonly theirs: Express;
  /** Asks both, asserts that they answer and leave the same traces, and gives the answer. */
  ask(run: (agent: supertest.Agent) => Test): Promise<Asked>;
}

export interface Asked {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly traces: readonly string[];
}

interface Settings {
  readonly before?: readonly RequestHandler[];
  readonly after?: readonly (RequestHandler | ErrorRequestHandler)[];
  /** What the controllers and middlewares of a test note. */
  readonly traces?: string[];
  /** Where they differ on purpose. */
  readonly own?: Partial<ControllersHandlerOptions>;
}

/** The same app twice: on this engine, and on routing-controllers itself. */
export function sideBySide(options: RoutingControllersOptions, settings: Settings = {}): Sides {
  const { before = [], after = [], traces = [], own } = settings;
  const all: RoutingControllersOptions = {
    development: false,
    middlewares: [Nothing],
    interceptors: [Nothing],
    ...options,
  };
  const [ours, theirs] = [express(), express()];
  for (const app of [ours, theirs]) app.set('env', 'test').use(...before, pass);
  const onError = (): void => undefined;
  // Ours first: where routing-controllers changes shared state, it can't help us.
  ours.use(controllersHandler({ errorBody: routingControllersErrorBody, onError, ...all, ...own }));
  useExpressServer(theirs, all);
  for (const app of [ours, theirs]) app.use(...after, pass);
  const ask = async (app: Express, run: (agent: supertest.Agent) => Test): Promise<Asked> => {
    traces.length = 0;
    const { status, text, headers } = await run(supertest(app)).ok(() => true);
    // What runs after the answer may do so when the client has it.
    await setImmediate();
    const { date: _, ...compared } = headers as Record<string, string>;
    return { status, text, headers: compared, traces: [...traces] };
  };
  return {
    ours,
    theirs,
    ask: async (run) => {
      const answer = await ask(ours, run);
      assert.deepEqual(answer, await ask(theirs, run));
      return answer;
    },
  };
}

const pass: RequestHandler = (_request, _response, next) => next();
