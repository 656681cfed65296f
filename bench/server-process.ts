import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pinned } from './pinning.ts';
import type { Case, Scenario } from './scenarios/scenario.ts';

/** A peer's server in a process of its own, on the first core. */
export class ServerProcess implements AsyncDisposable {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(scenario: Scenario, { peer, variant }: Case): Promise<ServerProcess> {
    const node = [process.execPath, '--import', 'plugboard/register', serveFile, peer, scenario.id, variant];
    const [command = '', ...args] = pinned(0, node);
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    // Shown only if it ends: some print each refused request.
    let complaints = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-4000);
    });
    try {
      const { port } = (await answerOf(child)) as { port: number };
      return new ServerProcess(child, port);
    } catch (error) {
      throw new Error(`${scenario.id} ${peer} ${variant} did not start:\n${complaints}`, { cause: error });
    }
  }

  /** Microseconds of processor time since the process began, its own and the system's for it. */
  async processorTime(): Promise<number> {
    const answer = answerOf(this.child);
    this.child.send('processor time');
    const { user, system } = (await answer) as NodeJS.CpuUsage;
    return user + system;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode !== null) return;
    const exit = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exit;
  }
}

const root = fileURLToPath(new URL('..', import.meta.url));
const serveFile = fileURLToPath(new URL('serve.ts', import.meta.url));

async function answerOf(child: ChildProcess): Promise<unknown> {
  const gone = new AbortController();
  const exit = once(child, 'exit', gone).then(([code]) => {
    throw new Error(`A server ended by itself (${String(code)}).`);
  });
  try {
    const [message] = await Promise.race([once(child, 'message', gone), exit]);
    return message;
  } finally {
    gone.abort();
    await exit.catch(() => undefined);
  }
}
