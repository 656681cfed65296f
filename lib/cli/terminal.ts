import { styleText } from 'node:util';

/** What is written to; a terminal knows by itself whether it has colours, and minds NO_COLOR. */
export type Terminal = NodeJS.WriteStream & { readonly hasColors?: () => boolean };

export type Paint = 'red' | 'green' | 'yellow' | 'dim' | 'bold' | 'cyan';

/** Colours for one stream: none where it is a pipe or a file, or NO_COLOR is set. */
export function painter(stream: Terminal): (paint: Paint, text: string) => string {
  return hasColours(stream) ? (paint, text) => styleText(paint, text) : (_paint, text) => text;
}

export function hasColours(stream: Terminal): boolean {
  return stream.isTTY && !process.env['NO_COLOR'] && stream.hasColors();
}

/** Writes all of a text, and resolves when it is on its way: a process may end then. */
export async function print(text: string, stream: NodeJS.WritableStream = process.stdout): Promise<void> {
  await new Promise<void>((resolve) => {
    stream.write(text.endsWith('\n') ? text : `${text}\n`, () => {
      resolve();
    });
  });
}

/** A value for other programs to read. */
export async function printJson(value: unknown): Promise<void> {
  await print(JSON.stringify(value, undefined, 2));
}
