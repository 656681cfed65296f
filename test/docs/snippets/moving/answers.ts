// Prints what the handlers of docs/routing-controllers.md answer, in a process that has no other decorated classes.
import express from 'express';
import supertest from 'supertest';
import { app } from './app.ts';
import { alone, fromFiles, injected, likeBefore } from './options.ts';

const answers: Record<string, unknown> = {};
async function ask(name: string, asked: express.Express, path: string): Promise<void> {
  const { status, body } = await supertest(asked).get(path);
  answers[name] = [status, body];
}

await ask('app', app, '/api/todos/1');
await ask('missing', app, '/api/todos/2');
for (const [name, handler] of Object.entries({ alone, fromFiles, injected, likeBefore })) {
  await ask(name, express().use(handler), '/todos/1');
}
console.log(JSON.stringify(answers));
