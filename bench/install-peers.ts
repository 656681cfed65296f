import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Installs what bench/package.json names, where it is missing or not what the lock file says. */
export function installPeers(): void {
  if (isInstalled()) return;
  process.stderr.write('Installing the peers into bench/node_modules (npm ci) …\n');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('npm ci failed in bench/; see above.');
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>;
}

function isInstalled(): boolean {
  // npm leaves there what it has really installed.
  const installed = `${folder}node_modules/.package-lock.json`;
  if (!existsSync(installed)) return false;
  const present = read(installed).packages;
  return Object.entries(read(`${folder}package-lock.json`).packages).every(
    ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
  );
}

function read(path: string): Lock {
  return JSON.parse(readFileSync(path, 'utf8')) as Lock;
}
