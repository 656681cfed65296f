import { fileURLToPath } from 'node:url';
import { mapPosition, originalLocation } from '../discovery/source-maps.ts';
import { pluginRecord } from '../plugin/decorator.ts';
import type { Class } from '../plugin/tokens.ts';

/** Tells in which file a class is written. To be closed: V8 goes slower while it listens. */
export interface ClassFiles extends Disposable {
  /** The author's file; undefined where V8 knows of none. */
  fileOf(type: Class): string | undefined;
}

interface Inspector {
  post(method: string, parameters: object): unknown;
}

// Where V8's inspector finds what it is asked for: it takes nothing but text.
const asked = Symbol.for('plugboard:asked');

/**
 * By V8's own inspector: nothing else says where a function was written. Where Node has none, or may not use it, only plugin
 * classes are found, by what `@Plugin` has noted.
 */
export async function openClassFiles(open = openInspected): Promise<ClassFiles> {
  try {
    return await open();
  } catch {
    return { fileOf: notedFile, [Symbol.dispose]: () => undefined };
  }
}

function notedFile(type: Class): string | undefined {
  const calledAt = pluginRecord(type)?.calledAt;
  return calledAt && originalLocation(calledAt).file;
}

async function openInspected(): Promise<ClassFiles> {
  const { Session } = await import('node:inspector');
  const session = new Session();
  const names = new Map<string, string>();
  session.on('Debugger.scriptParsed', ({ params }) => names.set(params.scriptId, params.url));
  session.connect();
  session.post('Debugger.enable');
  const inspector: Inspector = { post: (method, parameters) => postAtOnce(session, method, parameters) };
  const known = new Map<Class, string | undefined>();
  return {
    fileOf: (type) => {
      if (!known.has(type)) known.set(type, findFile(type, inspector, names));
      return known.get(type);
    },
    [Symbol.dispose]: () => {
      session.disconnect();
    },
  };
}

interface Session {
  post(method: string, parameters: object, done: (error: Error | null, result?: object) => void): void;
}

// In its own thread the inspector answers before `post` returns.
function postAtOnce(session: Session, method: string, parameters: object): unknown {
  let answer: unknown;
  session.post(method, parameters, (_error, result) => {
    answer = result;
  });
  return answer;
}

interface Remote {
  readonly result: { readonly objectId: string };
}

interface Members {
  readonly internalProperties?: readonly {
    readonly name: string;
    readonly value?: { readonly value?: Place };
  }[];
}

interface Place {
  readonly scriptId: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

function findFile(type: Class, inspector: Inspector, names: ReadonlyMap<string, string>): string | undefined {
  const place = functionLocation(type, inspector);
  const name = place && names.get(place.scriptId);
  if (!place || !name) return undefined;
  const file = name.startsWith('file:') ? fileURLToPath(name) : name;
  const mapped = mapPosition(file, place.lineNumber + 1, place.columnNumber + 1);
  return mapped.file.startsWith('plugboard:') ? undefined : mapped.file;
}

function functionLocation(type: Class, inspector: Inspector): Place | undefined {
  const shared = globalThis as unknown as Record<symbol, unknown>;
  shared[asked] = type;
  try {
    const expression = `globalThis[Symbol.for('${Symbol.keyFor(asked)}')]`;
    const { result } = inspector.post('Runtime.evaluate', { expression }) as Remote;
    const { objectId } = result;
    const members = inspector.post('Runtime.getProperties', { objectId }) as Members;
    inspector.post('Runtime.releaseObject', { objectId });
    return members.internalProperties?.find(({ name }) => name === '[[FunctionLocation]]')?.value?.value;
  } finally {
    delete shared[asked];
  }
}
