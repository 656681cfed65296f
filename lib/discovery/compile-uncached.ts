import v8 from 'node:v8';
import vm from 'node:vm';

/**
 * `vm.compileFunction` for a text that comes once. From Node 22 on V8 keeps what it has compiled, with its constants, until
 * the heap is nearly full, in case the same text comes again: for each reload of a plugin with 1 MB of text, 2 MB.
 */
export function compileUncached(
  code: string,
  parameters: readonly string[],
  filename: string,
): ReturnType<typeof vm.compileFunction> {
  // The flag is read when something is compiled, and nothing else is between these two lines.
  v8.setFlagsFromString('--no-compilation-cache');
  try {
    return vm.compileFunction(code, parameters, { filename });
  } finally {
    v8.setFlagsFromString('--compilation-cache');
  }
}
