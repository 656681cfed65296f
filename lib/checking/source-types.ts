import type { ESTree } from 'rolldown/utils';

/** The class that a type is made of, if it is made of one. */
export interface SourceType {
  /** `Order` of `Order`, `Order[]` and `Order | undefined`. */
  readonly name: string;
  /** Whether it is the name and nothing else: only of that the compiler leaves the class. */
  readonly isPlain: boolean;
  /** As it is written. */
  readonly text: string;
}

export function readType(
  annotation: ESTree.TSTypeAnnotation | null | undefined,
  text: string,
): SourceType | undefined {
  const type = annotation?.typeAnnotation;
  if (!type) return undefined;
  const named = referenced(type);
  const name = named ?? memberName(type) ?? optionalName(type);
  if (name === undefined) return undefined;
  return { name, isPlain: named !== undefined, text: text.slice(type.start, type.end) };
}

function referenced(type: ESTree.TSType): string | undefined {
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return undefined;
  return type.typeArguments ? undefined : type.typeName.name;
}

/** `Order[]`, `readonly Order[]`, `Array<Order>` */
function memberName(type: ESTree.TSType): string | undefined {
  if (type.type === 'TSTypeOperator') return memberName(type.typeAnnotation);
  if (type.type === 'TSArrayType') return referenced(type.elementType);
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return undefined;
  const [member] = type.typeArguments?.params ?? [];
  return member && ['Array', 'ReadonlyArray'].includes(type.typeName.name) ? referenced(member) : undefined;
}

/** `Order | undefined`, `Order | null` */
function optionalName(type: ESTree.TSType): string | undefined {
  if (type.type !== 'TSUnionType') return undefined;
  const present = type.types.filter(
    (one) => one.type !== 'TSUndefinedKeyword' && one.type !== 'TSNullKeyword',
  );
  const [only, ...others] = present;
  return only && others.length === 0 ? (referenced(only) ?? memberName(only)) : undefined;
}
