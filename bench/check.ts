import assert from 'node:assert/strict';
import type { BenchRequest, Check } from './scenarios/scenario.ts';

/** Holds a server to what the scenario says, so that nobody is fast by answering something else. */
export async function checkAnswers(port: number, checks: readonly Check[]): Promise<void> {
  for (const check of checks) await checkAnswer(port, check);
}

async function checkAnswer(port: number, { request, status, body, headers = {} }: Check): Promise<void> {
  const what = `${request.method} ${request.path}`;
  const answer = await ask(port, request);
  const text = await answer.text();
  assert.ok(
    status.includes(answer.status),
    `${what} was answered ${answer.status}, not ${status.join('/')}: ${text}`,
  );
  for (const [name, value] of Object.entries(headers)) {
    assert.equal(answer.headers.get(name), value, `${what}: ${name}`);
  }
  if (body === undefined) return;
  assert.match(answer.headers.get('content-type') ?? '', /^application\/json\b/, what);
  assert.equal(Number(answer.headers.get('content-length')), Buffer.byteLength(text), `${what}: its length`);
  const parsed: unknown = JSON.parse(text);
  if (typeof body === 'function') body(parsed);
  else assert.deepEqual(parsed, body, what);
}

async function ask(port: number, { method, path, headers, body }: BenchRequest): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, { method, headers, body: body ?? null });
}
