import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mapPosition } from '../../discovery/source-maps.ts';
import type { CallSite } from '../../plugin/call-site.ts';
import { framesOf, type Trace } from './creation-trace.ts';

/** Who has made something, and where. */
export interface Origin {
  readonly isOwn: boolean;
  readonly startedAt?: string | undefined;
}

/**
 * Told by the innermost line that somebody has written, libraries aside: in the context of a plugin, a service of the
 * host may open what all will use. `file` is what the owner was evaluated as; without it the context alone decides.
 */
export function originOf(
  trace: Trace,
  file: string | undefined,
  isNodes: (files: readonly string[]) => boolean = () => false,
): Origin {
  const frames = framesOf(trace);
  const outside = frames.findIndex((frame) => !isOfNode(frame));
  const nodes = frames.slice(0, outside === -1 ? frames.length : outside);
  if (isNodes(nodes.map((frame) => frame.file))) return { isOwn: false };
  const others = frames.filter((frame) => !isOfNode(frame));
  const [innermost] = others;
  if (innermost && isOurs(innermost)) return { isOwn: false };
  const author = others.find((frame) => !isOurs(frame) && !isLibrary(frame));
  return { isOwn: isWrittenBy(author, file), startedAt: describe(author ?? innermost) };
}

function isWrittenBy(author: CallSite | undefined, file: string | undefined): boolean {
  if (!author || author.file === file) return true;
  return file === undefined && !author.file.startsWith('plugboard:');
}

function describe(frame: CallSite | undefined): string | undefined {
  if (!frame) return undefined;
  const { file, line, column } = mapPosition(frame.file, frame.line, frame.column);
  return `${file}:${line}:${column}`;
}

function isOfNode({ file }: CallSite): boolean {
  return file.startsWith('node:') || file.startsWith('wasm:');
}

function isLibrary({ file }: CallSite): boolean {
  return file.includes(`${sep}node_modules${sep}`);
}

/** Plugboard's own timers run where it calls a plugin, or is called by one. */
function isOurs({ file }: CallSite): boolean {
  return file.startsWith(ownFolder);
}

const ownFolder = fileURLToPath(new URL('../../', import.meta.url));
