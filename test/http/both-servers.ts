import { deepEqual } from 'node:assert/strict';
import { once } from 'node:events';
import http, { type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import express, { type Express } from 'express';
import { createServer } from 'plugboard';

/** A request: `GET /path`, or with more to it. */
export type Asked = string | Question;

export interface Question {
  /** `POST /path` */
  readonly to: string;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

export interface Answer {
  readonly status: number | undefined;
  /** As they came, names and values in turn, but for the date. */
  readonly headers: readonly string[];
  readonly body: string;
}

/** Something that an app does, and the statuses that it answers with: two servers may not be wrong in the same way. */
export interface Behaviour {
  /** Set up anew for each server. */
  readonly app: (app: Express) => void;
  /** Each with the status that is expected. */
  readonly asks: readonly (readonly [Asked, number])[];
}

/** What a server answers, request by request. */
export async function answersOf(server: Server, asks: readonly Asked[]): Promise<readonly Answer[]> {
  const port = await portOf(server);
  const answers: Answer[] = [];
  try {
    // One after the other: what one leaves behind, a session say, is there for the next.
    for (const asked of asks) answers.push(await ask(port, asked));
  } finally {
    server.closeAllConnections();
    server.close();
  }
  return answers;
}

/** Serves an app that is set up anew by `http.createServer(app)` and by `createServer(app)`, and compares what both answer. */
export async function behavesTheSame({ app, asks }: Behaviour): Promise<void> {
  const questions = asks.map(([question]) => question);
  const setUp = (): Express => {
    const made = express().set('env', 'test'); // does not log what fails
    app(made);
    return made;
  };
  const expected = await answersOf(http.createServer(setUp()), questions);
  deepEqual(
    expected.map(({ status }) => status),
    asks.map(([, status]) => status),
  );
  deepEqual(await answersOf(createServer(setUp()), questions), expected);
}

export async function portOf(server: Server): Promise<number> {
  if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

export async function ask(port: number, asked: Asked): Promise<Answer> {
  const { to, headers = {}, body } = typeof asked === 'string' ? { to: asked } : asked;
  const [method, path] = to.split(' ') as [string, string];
  const request = http.request({ port, host: '127.0.0.1', method, path, headers, agent: false });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const text = (await buffer(response)).toString('latin1');
  return { status: response.statusCode, headers: withoutDate(response.rawHeaders), body: text };
}

function withoutDate(headers: readonly string[]): readonly string[] {
  return headers.filter((_, index) => headers[index - (index % 2)] !== 'Date');
}
