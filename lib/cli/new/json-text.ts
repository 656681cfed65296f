/** As npm and prettier write it. */
export function json(value: object): string {
  const text = JSON.stringify(value, undefined, 2);
  // Short lists of texts stand on one line.
  return `${text.replaceAll(/\[\n\s+("[^\]]*")\n\s+\]/g, (_whole, items: string) => `[${items.replaceAll(/,\n\s+/g, ', ')}]`)}\n`;
}
