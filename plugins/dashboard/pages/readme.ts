import { readFile } from 'node:fs/promises';

/**
 * A plugin's README as HTML. Its Markdown is all that is taken from it: HTML in it is shown as text, links lead to other
 * sites or nowhere, pictures are their descriptions. Undefined where there is none to read.
 */
export async function renderReadme(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : renderMarkdown(text.slice(0, readLimit));
}

/** In characters. */
const readLimit = 200_000;

export async function renderMarkdown(text: string): Promise<string> {
  // Loaded by the first page that needs it.
  const { default: MarkdownIt } = await import('markdown-it');
  const markdown = new MarkdownIt({ html: false, linkify: false });
  markdown.core.ruler.push('plugboard_page', ({ tokens }) => {
    for (const token of tokens) {
      if (token.type === 'heading_open' || token.type === 'heading_close') token.tag = lowered(token.tag);
      for (const part of token.children ?? []) {
        if (part.type === 'image') {
          part.type = 'text';
          part.content = part.content || 'a picture';
        }
        if (part.type === 'link_open') restrict(part);
      }
    }
  });
  // Wide tables scroll by themselves.
  markdown.renderer.rules['table_open'] = () =>
    '<div class="scroll" role="region" aria-label="Table" tabindex="0"><table>\n';
  markdown.renderer.rules['table_close'] = () => '</table></div>\n';
  markdown.renderer.rules['fence'] = markdown.renderer.rules['code_block'] = (tokens, index) =>
    `<pre tabindex="0"><code>${escape(tokens[index]?.content ?? '')}</code></pre>\n`;
  return markdown.render(text);
}

/** A page has its own title, and the section its own: what is h1 in the file is h3 here. */
function lowered(tag: string): string {
  return `h${Math.min(6, Number(tag.slice(1)) + 2)}`;
}

interface Attributed {
  attrGet(name: string): string | number | null;
  attrs: [string, string | number][] | null;
}

/** What is beside the file is not here, and no other site is to learn who came from where. */
function restrict(link: Attributed): void {
  const target = String(link.attrGet('href') ?? '');
  link.attrs = /^https?:\/\//i.test(target)
    ? [
        ['href', target],
        ['rel', 'noopener noreferrer nofollow'],
      ]
    : [];
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
