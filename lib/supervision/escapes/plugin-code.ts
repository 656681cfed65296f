import { sep } from 'node:path';

/** How a plugin's code is told in a stack trace. */
export interface PluginCode {
  /** `plugboard:<plugin>@<generation>`, where it was evaluated by us. */
  readonly evaluatedAs?: string | undefined;
  /** Its folder, or the one file that it is. */
  readonly root?: string | undefined;
  /** The app's code may be in the same folder: a file in there says nothing by itself. */
  readonly isShared?: boolean;
}

/** Whether `file` is the plugin's and nobody else's. */
export function isOwnFile({ evaluatedAs, root, isShared = false }: PluginCode, file: string): boolean {
  return file === evaluatedAs || (!isShared && root !== undefined && isBelow(root, file));
}

/** Whether `file`, where it is nobody's own, may be the plugin's, as far as anyone can tell. */
export function mayBeOwnFile({ root }: PluginCode, file: string): boolean {
  return root === undefined || isBelow(root, file);
}

function isBelow(root: string, file: string): boolean {
  return file === root || file.startsWith(root + sep);
}
