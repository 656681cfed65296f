import { readFileSync } from 'node:fs';
import type { ConfigProblem } from '../errors/config-errors.ts';
import { mergeValues, type ConfigLayer, type ConfigOrigin } from './config-layer.ts';
import type { Secrets } from './secrets.ts';
import { textToValue, UnfitText } from './text-values.ts';
import type { VariableShape } from './variable-shape.ts';
import { upperSnake, type Variables } from './variables.ts';

/** What the environment says of settings, and what of that can't be used. */
export interface VariableReading {
  readonly layer: ConfigLayer;
  readonly problems: readonly ConfigProblem[];
}

/** Where variables are looked for. */
export interface VariableSource {
  readonly variables: Variables;
  /** What their names begin with. */
  readonly prefix: string;
  /** Names after the prefix that are somebody else's. Default none. */
  readonly taken?: ReadonlySet<string> | undefined;
  /** Told of what was read from files. */
  readonly secrets?: Secrets | undefined;
}

/**
 * Looks for a variable for each setting: `PLUGBOARD_MAIL_PORT` for `port` of `mail`, `PLUGBOARD_MAIL_SMTP__HOST` for
 * `smtp.host`, `PLUGBOARD_MAIL_PASSWORD_FILE` for a file that has the value.
 */
export function readVariables(shape: VariableShape, source: VariableSource): VariableReading {
  const reading = new Reading(source);
  const values = reading.object(shape, source.prefix, []);
  return { layer: { values, originOf: (path) => reading.originOf(path) }, problems: reading.problems };
}

class Reading {
  readonly problems: ConfigProblem[] = [];
  /** By path: which variable has said what is there. */
  readonly #names = new Map<string, string>();

  constructor(private readonly source: VariableSource) {}

  object(
    shape: VariableShape,
    prefix: string,
    parent: readonly string[],
  ): Record<string, unknown> | undefined {
    const { variables, taken } = this.source;
    // Most plugins have none; and what is inside of itself has an end.
    if (!variables.has(prefix)) return undefined;
    const keys = shape.keys.filter((key) => parent.length > 0 || !taken?.has(upperSnake(key)));
    const values = keys.map((key) => [key, this.#value(shape, key, { keys, prefix, parent })] as const);
    const given = values.filter(([, value]) => value !== undefined);
    return given.length > 0 ? Object.fromEntries(given) : undefined;
  }

  /** Of what it has said itself, or else of what is nearest around or within. */
  originOf(path: readonly string[]): ConfigOrigin {
    for (let length = path.length; length > 0; length -= 1) {
      const name = this.#names.get(path.slice(0, length).join('.'));
      if (name !== undefined) return variableOrigin(name);
    }
    const within = [...this.#names].find(([key]) => key.startsWith(`${path.join('.')}.`));
    return within ? variableOrigin(within[1]) : { text: 'the environment' };
  }

  #value(shape: VariableShape, key: string, { keys, prefix, parent }: Place): unknown {
    const path = [...parent, key];
    const name = prefix + upperSnake(key);
    const own = this.#text(name, path, keys.map(upperSnake).includes(`${upperSnake(key)}_FILE`));
    const value = own && this.#converted(own, shape, key, path);
    const inside = this.source.variables.has(`${name}__`) ? shape.inside(key) : undefined;
    return inside ? mergeValues([value, this.object(inside, `${name}__`, path)]) : value;
  }

  /** `isTaken`: the name with `_FILE` is that of another setting. */
  #text(name: string, path: readonly string[], isTaken: boolean): Text | undefined {
    const { variables, secrets } = this.source;
    const text = variables.get(name);
    const fileName = `${name}_FILE`;
    const file = isTaken ? undefined : variables.get(fileName);
    if (file === undefined) return text === undefined ? undefined : { text, name };
    if (text !== undefined) {
      this.#refuse(path, `is given twice: by ${name} and by ${fileName}`, fileName);
      return undefined;
    }
    try {
      // Editors and `echo` end a file with a line feed that is nobody's.
      const content = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
      // Whoever keeps it in a file keeps it from others.
      secrets?.add(content);
      return { text: content, name: fileName };
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException;
      // Who has taken it for the variable of the value itself has written a secret there.
      this.#refuse(
        path,
        `is to be read from the file that ${fileName} names, which can't be read (${code})`,
        fileName,
      );
      return undefined;
    }
  }

  #converted({ text, name }: Text, shape: VariableShape, key: string, path: readonly string[]): unknown {
    try {
      const value = textToValue(text, shape.kindOf(key), shape.memberKindOf(key));
      this.#names.set(path.join('.'), name);
      return value;
    } catch (error) {
      if (!(error instanceof UnfitText)) throw error;
      this.#refuse(path, error.message, name);
      return undefined;
    }
  }

  #refuse(path: readonly string[], message: string, name: string): void {
    this.problems.push({ path: path.join('.'), message, origin: variableOrigin(name) });
  }
}

interface Text {
  readonly text: string;
  /** Of the variable that has given it. */
  readonly name: string;
}

interface Place {
  readonly keys: readonly string[];
  readonly prefix: string;
  readonly parent: readonly string[];
}

export function variableOrigin(variable: string): ConfigOrigin {
  return { text: variable, variable };
}
