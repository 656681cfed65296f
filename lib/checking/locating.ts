import type { Class } from '../plugin/tokens.ts';
import type { InjectedElement } from '../container/class-metadata.ts';
import type { Anchor } from './anchor.ts';
import type { ClassFiles } from './class-files.ts';
import { isNamedClass } from './named-classes.ts';
import { readSourceFile, type SourceClass, type SourceFile } from './source-file.ts';

/** A place in a file; the line is from 1. */
export interface Location {
  readonly file: string;
  readonly line?: number | undefined;
}

/** A class as its file has it. */
export interface LocatedClass {
  readonly file: string;
  readonly source: SourceFile;
  readonly written: SourceClass;
}

/** Finds the lines that problems are about. Each file is read once. */
export class Locator {
  readonly #sources = new Map<string, Promise<SourceFile | undefined>>();

  constructor(private readonly files: ClassFiles) {}

  /** The best that is known; undefined where nothing is. */
  async locate(anchor: Anchor): Promise<Location | undefined> {
    if (anchor.kind === 'file') return { file: anchor.file, line: anchor.line };
    if (anchor.kind === 'option-in-file') {
      const { file, option } = anchor;
      const source = await this.source(file);
      return {
        file,
        line:
          optionLine(
            source?.classes.find(({ plugin }) => plugin),
            option,
          ) ?? 1,
      };
    }
    const located = await this.classOf(anchor.type);
    if (!located) return this.#fileOnly(anchor.type);
    const { file, written } = located;
    return { file, line: lineIn(written, anchor) ?? written.line };
  }

  /** Where a class is written, and how; undefined where its file can't be found or read. */
  async classOf(type: Class): Promise<LocatedClass | undefined> {
    const file = this.files.fileOf(type);
    const source = file === undefined ? undefined : await this.source(file);
    const written = source?.classes.find(({ name }) => name === type.name);
    return file !== undefined && source && written ? { file, source, written } : undefined;
  }

  /** Whether a name that a file uses is that of a class; false where that can't be found out. */
  async isClass(name: string, file: string | undefined): Promise<boolean> {
    return file !== undefined && isNamedClass(name, file, async (path) => this.source(path));
  }

  #fileOnly(type: Class): Location | undefined {
    const file = this.files.fileOf(type);
    return file === undefined ? undefined : { file };
  }

  /** What the text of a file says; undefined where it can't be read. */
  async source(file: string): Promise<SourceFile | undefined> {
    let source = this.#sources.get(file);
    if (!source) this.#sources.set(file, (source = readSourceFile(file)));
    return source;
  }
}

function lineIn(written: SourceClass, anchor: Anchor): number | undefined {
  if (anchor.kind === 'option') return optionLine(written, anchor.option);
  if (anchor.kind === 'injection') return elementLine(written, anchor.element);
  if (anchor.kind !== 'method') return written.line;
  const method = written.methods.get(anchor.method);
  return method?.parameters[anchor.parameter ?? -1]?.line ?? method?.line;
}

/** `timeouts.startMs` and `services[1]` are of `timeouts` and `services`. */
function optionLine(written: SourceClass | undefined, option: string): number | undefined {
  const [key = option] = option.split(/[.[]/);
  return written?.plugin?.keys.get(key) ?? written?.plugin?.line;
}

function elementLine({ methods, properties }: SourceClass, element: InjectedElement): number | undefined {
  if ('property' in element) return properties.get(element.property);
  return methods.get('constructor')?.parameters[element.index]?.line;
}
