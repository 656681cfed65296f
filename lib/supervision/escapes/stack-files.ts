import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files in the stack of what was thrown, innermost first, without Node's own. None where it has no stack. */
export function stackFiles(thrown: unknown): readonly string[] {
  const lines = framesOf(thrown)?.split('\n') ?? [];
  return lines.flatMap((line) => fileIn(line) ?? []).filter((file) => !file.startsWith('node:'));
}

/** Whether a file is of nobody in particular: of a package, of Plugboard, or evaluated from a text. */
export function isNobodys(file: string): boolean {
  return file.includes(`${sep}node_modules${sep}`) || file.startsWith('plugboard:') || isOurs(file);
}

function isOurs(file: string): boolean {
  return ourFolders.some((folder) => file.startsWith(folder));
}

const packageFolder = fileURLToPath(new URL('../../../', import.meta.url));
// Compiled, or as source maps tell it.
const ourFolders = ['dist', 'lib'].map((name) => join(packageFolder, name) + sep);

/** Without the message: it may quote somebody else's stack. */
function framesOf(thrown: unknown): string | undefined {
  try {
    const { stack, message } = thrown as { stack?: unknown; message?: unknown };
    if (typeof stack !== 'string') return undefined;
    const start = typeof message === 'string' ? stack.indexOf(message) : -1;
    return start < 0 ? stack : stack.slice(start + String(message).length);
  } catch {
    // Not even an object, or a getter that throws in its turn.
    return undefined;
  }
}

// `at f (file:1:2)`, `at async file:1:2`, and code of a text: `at eval (eval at f (file:1:2), <anonymous>:1:2)`.
const frame = /^ +at (?:async )?(?:.*? \()??((?:file:|plugboard:|node:|[a-z]:[\\/]|\/).*?):\d+:\d+/i;

function fileIn(line: string): string | undefined {
  const file = frame.exec(line)?.[1];
  return file?.startsWith('file:') ? fileURLToPath(file) : file;
}
