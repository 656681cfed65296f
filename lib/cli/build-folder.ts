import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where `build` writes to and `start` looks, relative to the working directory. */
export const defaultBuildFolder = '.plugboard';

/** The folder of a build that is there, where none is named. */
export function foundBuild(): string | undefined {
  return existsSync(join(defaultBuildFolder, 'plugboard-build.json')) ? defaultBuildFolder : undefined;
}
