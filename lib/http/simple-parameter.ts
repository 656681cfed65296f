import type { ParamMetadata } from 'routing-controllers';
import { isList } from './expected-instance.ts';
import { ParamRequiredError } from './parameter-errors.ts';
import { parameterSource, type ParameterSource } from './parameter-sources.ts';
import type { Step } from './pipeline.ts';
import type { RequestContext } from './request-context.ts';
import { compileSimpleValue } from './simple-values.ts';
import { conversions, type NamedConversion } from './string-conversions.ts';

/** Reads one argument of an action; gives a promise only where it has to wait. */
export interface ParameterReader {
  read(context: RequestContext, step: Step): unknown;
}

/**
 * One word of a request as a value of a simple type, as most parameters are; undefined for any other. Those that are alike
 * are one object, whichever plugin they are of: a thousand plugins read `@Param('id') id: number` with what is at hand.
 */
export function simpleParameter(parameter: ParamMetadata): SimpleParameter | undefined {
  const convert = conversions.get(parameter.targetName);
  const transform = parameter.transform as ParamMetadata['transform'] | undefined;
  if (!convert || transform || !words.has(parameter.type) || isList(parameter)) return undefined;
  const key = keyOf(parameter);
  const known = alike.get(key) ?? new SimpleParameter(key, parameter, convert);
  alike.set(key, known);
  return known;
}

const words: ReadonlySet<string> = new Set(['param', 'query', 'header', 'cookie', 'body-param']);

function keyOf({ type, name, targetName, required }: ParamMetadata): string {
  return JSON.stringify([type, name, targetName, required]);
}

const alike = new Map<string, SimpleParameter>();

/** Keeps nothing of the metadata, which would keep the plugin. */
export class SimpleParameter implements ParameterReader {
  readonly type: ParamMetadata['type'];
  readonly name: string;
  private readonly source: ParameterSource;
  private readonly isRequired: boolean;
  private readonly ofOther: (value: unknown) => unknown;

  constructor(
    readonly key: string,
    parameter: ParamMetadata,
    private readonly convert: NamedConversion,
  ) {
    this.type = parameter.type;
    this.name = parameter.name;
    this.source = parameterSource(parameter);
    this.isRequired = parameter.required && parameter.name !== '';
    this.ofOther = compileSimpleValue(parameter) ?? listOr(convert, parameter.name);
  }

  read(context: RequestContext, step: Step): unknown {
    const word = this.source(context);
    const value = typeof word === 'string' ? this.convert(word, this.name) : this.fromOther(word);
    if (this.isRequired && (value === undefined || value === null || value === '')) {
      throw new ParamRequiredError(step.action, this);
    }
    return value;
  }

  private fromOther(word: unknown): unknown {
    return word === undefined || word === null ? word : this.ofOther(word);
  }
}

/** A path's parameter may be a list, as in `/*rest`. */
function listOr(convert: NamedConversion, name: string): (value: unknown) => unknown {
  return (value) => (Array.isArray(value) ? value.map((one: string) => convert(one, name)) : value);
}
