import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const plugboard = fileURLToPath(new URL('../../', import.meta.url));

/** A folder that is there while the tests of a `describe` run, and in which plugboard is installed. */
export class ConfigFolder {
  path = '';

  constructor() {
    before(async () => {
      this.path = await realpath(await mkdtemp(join(tmpdir(), 'plugboard-config-')));
      await mkdir(join(this.path, 'node_modules'));
      await symlink(plugboard, join(this.path, 'node_modules', 'plugboard'), 'dir');
    });
    after(async () => rm(this.path, { recursive: true, force: true }));
  }

  /** Gives the absolute path. */
  async write(name: string, text: string): Promise<string> {
    const file = join(this.path, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  }
}
