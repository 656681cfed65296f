/** `my-plugin` for `MyPlugin`, `my_plugin` and `My plugin!`. */
export function kebabCase(text: string): string {
  const words = text.replaceAll(/([a-z\d])([A-Z])/g, '$1-$2').replaceAll(/([A-Z])([A-Z][a-z])/g, '$1-$2');
  const name = words
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^[-\d]+|-+$/g, '');
  return name || 'my-plugin';
}
