import { Visitor, type ESTree } from 'rolldown/utils';

/** A field whose value is made of a parameter property of the constructor. */
export interface SourceField {
  readonly name: string;
  readonly parameter: string;
  readonly line: number;
}

/** Where TypeScript defines fields as JavaScript does, these read what is not there yet. `offset` is that of the field. */
export function earlyFields(node: ESTree.Class): readonly (Omit<SourceField, 'line'> & { offset: number })[] {
  const parameters = parameterProperties(node);
  if (parameters.size === 0) return [];
  return node.body.body.flatMap((member) => {
    if (member.type !== 'PropertyDefinition' || member.static || !member.value) return [];
    if (member.key.type !== 'Identifier') return [];
    const parameter = ownReads(member.value).find((name) => parameters.has(name));
    return parameter === undefined ? [] : [{ name: member.key.name, parameter, offset: member.key.start }];
  });
}

function parameterProperties({ body }: ESTree.Class): ReadonlySet<string> {
  const names = body.body.flatMap((member) => {
    if (member.type !== 'MethodDefinition' || member.kind !== 'constructor') return [];
    return member.value.params.flatMap((given) => {
      if (given.type !== 'TSParameterProperty') return [];
      const { parameter } = given;
      const pattern = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
      return pattern.type === 'Identifier' ? [pattern.name] : [];
    });
  });
  return new Set(names);
}

/** `a` of `this.a` that is read at once: not in a function, which may be called later. */
function ownReads(value: ESTree.Expression): string[] {
  const reads: string[] = [];
  let depth = 0;
  const enter = (): void => void (depth += 1);
  const leave = (): void => void (depth -= 1);
  new Visitor({
    FunctionExpression: enter,
    'FunctionExpression:exit': leave,
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': leave,
    ClassExpression: enter,
    'ClassExpression:exit': leave,
    MemberExpression: ({ object, property, computed }) => {
      if (depth > 0 || computed || object.type !== 'ThisExpression') return;
      if (property.type === 'Identifier') reads.push(property.name);
    },
  }).visit({ type: 'Program', body: [{ type: 'ExpressionStatement', expression: value }] } as never);
  return reads;
}
