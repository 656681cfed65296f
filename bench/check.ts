import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as open, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { BenchRequest, Check } from './scenarios/scenario.ts';

/** Holds a server to what the scenario says, so that nobody is fast by answering something else. */
export async function checkAnswers(port: number, checks: readonly Check[]): Promise<void> {
  for (const check of checks) await checkAnswer(port, check);
}

async function checkAnswer(port: number, check: Check): Promise<void> {
  const { request, status, body, headers = {} } = check;
  const what = `${request.method} ${request.path}`;
  const answer = await ask(port, request);
  const content = await text(answer);
  const { statusCode = 0 } = answer;
  const wrong = `${what} was answered ${statusCode}, not ${status.join(' or ')}: ${content}`;
  assert.ok(status.includes(statusCode), wrong);
  for (const [name, value] of Object.entries(headers)) assert.equal(answer.headers[name], value, what);
  if (body === undefined) return;
  assert.match(answer.headers['content-type'] ?? '', /^application\/json\b/, what);
  const parsed: unknown = JSON.parse(content);
  if (typeof body === 'function') body(parsed);
  else assert.deepEqual(parsed, body, what);
}

/** Over a connection of its own: routing-controllers destroys one after it has refused a request. */
async function ask(port: number, { method, path, headers, body }: BenchRequest): Promise<IncomingMessage> {
  const sent = open({ host: '127.0.0.1', port, method, path, headers, agent: false });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return answer;
}
