import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The text that explains a plugin to those who use it. */
export interface Documentation {
  readonly path: string;
  /** Its Markdown, read when it is asked for. */
  read(): Promise<string>;
}

/** The README.md in a folder, in any spelling of its name. */
export function findDocumentation(folder: string): Documentation | undefined {
  const name = namesIn(folder).find((entry) => /^readme\.(md|markdown)$/i.test(entry));
  if (!name) return undefined;
  const path = join(folder, name);
  return { path, read: () => readFile(path, 'utf8') };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
