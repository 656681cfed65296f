import { readFileSync } from 'node:fs';
import type { ConfigProblem } from '../errors/config-errors.ts';
import { mergeValues, type ConfigLayer, type ConfigOrigin } from './config-layer.ts';
import type { ConfigShape } from './config-shape.ts';
import type { Secrets } from './secrets.ts';
import { textToValue, UnfitText } from './text-values.ts';
import { upperSnake, variablePrefix, type Variables } from './variables.ts';

/** What the environment says of one plugin's settings, and what of that can't be used. */
export interface VariableReading {
  readonly layer: ConfigLayer;
  readonly problems: readonly ConfigProblem[];
}

/**
 * Looks for a variable for each setting: `PLUGBOARD_MAIL_PORT` for `port` of `mail`, `PLUGBOARD_MAIL_SMTP__HOST` for
 * `smtp.host`, `PLUGBOARD_MAIL_PASSWORD_FILE` for a file that has the value.
 */
export function readVariables(
  plugin: string,
  shape: ConfigShape,
  variables: Variables,
  secrets?: Secrets,
): VariableReading {
  const reading = new Reading(variables, secrets);
  const values = reading.object(shape, variablePrefix(plugin), []);
  return { layer: { values, originOf: (path) => reading.originOf(path) }, problems: reading.problems };
}

class Reading {
  readonly problems: ConfigProblem[] = [];
  /** By path: which variable has said what is there. */
  readonly #names = new Map<string, string>();

  constructor(
    private readonly variables: Variables,
    private readonly secrets: Secrets | undefined,
  ) {}

  object(shape: ConfigShape, prefix: string, parent: readonly string[]): Record<string, unknown> | undefined {
    // Most plugins have none; and what is inside of itself has an end.
    if (!this.variables.has(prefix)) return undefined;
    // Whether the plugin runs at all is said by a variable of that name.
    const keys = shape.keys.filter((key) => parent.length > 0 || upperSnake(key) !== 'ENABLED');
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

  #value(shape: ConfigShape, key: string, { keys, prefix, parent }: Place): unknown {
    const path = [...parent, key];
    const name = prefix + upperSnake(key);
    const own = this.#text(name, path, keys.map(upperSnake).includes(`${upperSnake(key)}_FILE`));
    const value = own && this.#converted(own, shape, key, path);
    const inside = this.variables.has(`${name}__`) ? shape.inside(key) : undefined;
    return inside ? mergeValues([value, this.object(inside, `${name}__`, path)]) : value;
  }

  /** `isTaken`: the name with `_FILE` is that of another setting. */
  #text(name: string, path: readonly string[], isTaken: boolean): Text | undefined {
    const text = this.variables.get(name);
    const fileName = `${name}_FILE`;
    const file = isTaken ? undefined : this.variables.get(fileName);
    if (file === undefined) return text === undefined ? undefined : { text, name };
    if (text !== undefined) {
      this.#refuse(path, `is given twice: by ${name} and by ${fileName}`, fileName);
      return undefined;
    }
    try {
      // Editors and `echo` end a file with a line feed that is nobody's.
      const content = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
      // Whoever keeps it in a file keeps it from others.
      this.secrets?.add(content);
      return { text: content, name: fileName };
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException;
      this.#refuse(path, `is to be read from ${file}, which can't be read (${code})`, fileName);
      return undefined;
    }
  }

  #converted({ text, name }: Text, shape: ConfigShape, key: string, path: readonly string[]): unknown {
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
