import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pinned } from '../pinning.ts';
import { connections, type Generator, type Seen } from './generator.ts';

/** Where there is no wrk: slower than most servers here, so only processor time tells them apart. */
export const autocannon: Generator = async (port, requests, seconds) => {
  const [command = '', ...args] = pinned(1, [process.execPath, generatorFile]);
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return new Promise<Seen>((resolve, reject) => {
    child.once('error', reject);
    child.once('message', (seen) => {
      resolve(seen as Seen);
    });
    child.once('exit', (code) => {
      reject(new Error(`autocannon ended by itself (${String(code)}); see above.`));
    });
    child.send({ port, requests, seconds, connections });
  });
};

const generatorFile = fileURLToPath(new URL('autocannon-process.mjs', import.meta.url));
