import type { PluginError } from '../errors/plugin-error.ts';
import type { Class } from '../plugin/tokens.ts';

/** A class that the embedder passed in. */
export interface ClassSource {
  readonly kind: 'class';
  readonly label: string;
  readonly pluginClass: Class;
}

/** A folder that is one plugin. */
export interface FolderSource {
  readonly kind: 'folder';
  /** The folder's name, for messages until the plugin's own name is known. */
  readonly label: string;
  /** Where it was found: `root` may be what a link there leads to. */
  readonly path: string;
  /** Real path of the folder. */
  readonly root: string;
  /** Real path of the file to start with. */
  readonly entry: string;
}

/** A single file that is one plugin. */
export interface FileSource {
  readonly kind: 'file';
  readonly label: string;
  /** Where it was found: `entry` may be what a link there leads to. */
  readonly path: string;
  /** Real path of the folder that the file is in. */
  readonly root: string;
  readonly entry: string;
}

/** An installed npm package. */
export interface PackageSource {
  readonly kind: 'package';
  readonly label: string;
  readonly root: string;
  readonly entry: string;
}

/** Something that was meant to be a plugin and can't be loaded; it still has a row among the plugins. */
export interface BrokenSource {
  readonly kind: 'broken';
  readonly label: string;
  /** Where it was found, if it is a file or a folder. */
  readonly path?: string;
  readonly error: PluginError;
}

/** Where one plugin comes from. */
export type Source = ClassSource | FolderSource | FileSource | PackageSource | BrokenSource;

/** Whether two sources are of one plugin: they are at one place, or one is reached by the other as well. */
export function isSameSource(one: Source, other: Source): boolean {
  const path = sourcePath(one);
  return (path !== undefined && path === sourcePath(other)) || sourceIdentity(one) === sourceIdentity(other);
}

/** Of what was not found there is only what it was called. */
export function isNowhere(source: Source): boolean {
  return source.kind === 'broken' && source.path === undefined;
}

/** What makes two sources the same, however they were reached. */
export function sourceIdentity(source: Source): unknown {
  if (source.kind === 'class') return source.pluginClass;
  return source.kind === 'broken' ? source : source.entry;
}

/** Where a source was found, if it is a file or a folder. */
export function sourcePath(source: Source): string | undefined {
  return 'path' in source ? source.path : undefined;
}

/** What belongs to the plugin that this source yields: a folder, or the one file. */
export function pluginRoot(source: Source): string | undefined {
  if (source.kind === 'folder') return source.root;
  return source.kind === 'file' ? source.entry : undefined;
}

/** For messages: the file or the class that a plugin comes from, or what it was looked for by. */
export function sourceOrigin(source: Source): string {
  if (source.kind === 'class') return `class ${source.label}`;
  return source.kind === 'broken' ? (source.path ?? source.label) : source.entry;
}
