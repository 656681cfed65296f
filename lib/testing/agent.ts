import express from 'express';
import type { Host } from 'plugboard';
import type { agent } from 'supertest';

/** A supertest agent: it keeps cookies between requests. */
export type Agent = ReturnType<typeof agent>;

/** An agent on an app that has nothing but the host. */
export async function createAgent(host: Host): Promise<Agent> {
  const supertest = await loadSupertest();
  return supertest.agent(express().disable('x-powered-by').use(host.handler));
}

async function loadSupertest(): Promise<typeof import('supertest')> {
  try {
    const { default: supertest } = await import('supertest');
    return supertest;
  } catch (error) {
    throw new Error('plugboard/testing needs supertest: npm install --save-dev supertest @types/supertest', {
      cause: error,
    });
  }
}
