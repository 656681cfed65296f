import { equal } from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const examples = fileURLToPath(new URL('../../examples', import.meta.url));

type Command = readonly [string, ...string[]];

/** Runs a command in an example's folder, hands the URL that it prints to `check`, then ends it with SIGTERM. */
export async function withRunning(
  example: string,
  command: Command,
  check: (base: string) => Promise<void>,
): Promise<void> {
  const child = start(example, command);
  const output = collect(child);
  const closed = once(child, 'close');
  try {
    const url = await Promise.race([printedUrl(child), closed.then(() => undefined)]);
    if (url === undefined) throw new Error(`${example} ended before it printed a URL:\n${output.join('')}`);
    await check(new URL(url).origin);
  } finally {
    stop(child);
    await closed;
  }
}

/** Runs a command that ends by itself, and gives what it printed. Throws where it fails. */
export async function runToTheEnd(example: string, command: Command): Promise<string> {
  const child = start(example, command);
  const output = collect(child);
  const [code] = (await once(child, 'close')) as [number];
  equal(code, 0, output.join(''));
  return output.join('');
}

export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** GET, or POST where there is a body. */
export async function requestJson(
  url: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<JsonAnswer> {
  const init = body && {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { ...headers, 'content-type': 'application/json' },
  };
  const response = await fetch(url, init ?? { headers });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

function start(example: string, [command, ...args]: Command): ChildProcess {
  return spawn(command, args, {
    cwd: `${examples}/${example}`,
    // A group of its own: npm does not hand every signal on.
    detached: true,
    env: { ...process.env, PORT: '0', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function stop({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}

function collect({ stdout, stderr }: ChildProcess): string[] {
  const output: string[] = [];
  for (const stream of [stdout, stderr]) stream?.on('data', (text: Buffer) => output.push(text.toString()));
  return output;
}

async function printedUrl({ stdout }: ChildProcess): Promise<string | undefined> {
  if (!stdout) return undefined;
  for await (const line of createInterface({ input: stdout })) {
    const [url] = /http:\/\/localhost:\d+/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  return undefined;
}
