/**
 * Puts values in the place of `:name` in a URL's path and query.
 *
 * @throws {Error} for a name without a value.
 */
export function redirectUrl(template: string, values: Readonly<Record<string, unknown>>): string {
  const [origin] = /^([a-z][a-z0-9+.-]*:)?(\/\/[^/?#]*)?/i.exec(template) ?? [''];
  const hash = template.indexOf('#', origin.length);
  const end = hash < 0 ? template.length : hash;
  const filled = template.slice(origin.length, end).replace(/:(\w+)/g, (_, name: string) => {
    const value = values[name];
    if (!value) throw new Error(`Could not find url parameter ${name} in passed options object`);
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
  return origin + filled + template.slice(end);
}
