import { sep } from 'node:path';

/** Where settings are looked for that are in force for a plugin: from here upwards. */
export interface SettingsPlace {
  readonly folder: string;
  readonly plugin?: string | undefined;
  /** The plugin's folder, where it has one of its own. */
  readonly root?: string | undefined;
}

/** The plugin that a file of settings belongs to; undefined where it is the app's. */
export function ownerOf({ plugin, root }: SettingsPlace, file: string | undefined): string | undefined {
  return root !== undefined && file?.startsWith(root + sep) ? plugin : undefined;
}
