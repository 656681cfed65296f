import express from 'express';
import { createRequire } from 'node:module';
import type { RequestHandler } from 'express';
import type { agent } from 'supertest';
import { keepTicksReal } from './real-ticks.ts';

/** A supertest agent: it keeps cookies between requests. */
export type Agent = ReturnType<typeof agent>;

/** An agent on an app that has nothing but the host's handler. */
export function createAgent(handler: RequestHandler): Agent {
  if (supertest instanceof Error) {
    throw new Error('plugboard/testing needs supertest: npm install --save-dev supertest @types/supertest', {
      cause: supertest,
    });
  }
  const agent = supertest.agent(express().disable('x-powered-by').use(handler));
  return new Proxy(agent, {
    get: (target, key, receiver) => {
      keepTicksReal();
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
}

// At once: loaded under a test's fake timers, its libraries would keep them. It is optional, so `import` won't do.
const supertest = loadSupertest();

function loadSupertest(): { readonly agent: typeof agent } | Error {
  try {
    return createRequire(import.meta.url)('supertest') as { readonly agent: typeof agent };
  } catch (error) {
    return error as Error;
  }
}
