import { execFileSync } from 'node:child_process';

/** What a script has printed as JSON, in a process of its own: one without the decorated classes of other tests. */
export function runScript(path: string, ...flags: readonly string[]): unknown {
  const output = execFileSync(process.execPath, [...flags, '--import=plugboard/register', path], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' },
  });
  return JSON.parse(output);
}
