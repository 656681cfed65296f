/**
 * What the language, promises and test reporters look for in any object, to find out what it is.
 * A mock has none of them and must not complain of being asked.
 */
export function isProbe(key: string | symbol): boolean {
  return typeof key === 'symbol' || probedMembers.has(key) || key.startsWith('@@__IMMUTABLE_');
}

const probedMembers: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  'inspect',
  'asymmetricMatch',
  'nodeType',
  'tagName',
  '$$typeof',
  '_isMockFunction',
  'isSinonProxy',
]);
