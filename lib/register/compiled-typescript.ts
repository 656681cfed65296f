/** One TypeScript file as Node is to run it. */
export interface CompiledTypeScript {
  readonly format: 'module' | 'commonjs';
  /** JavaScript with its source map inside. */
  readonly code: string;
  /** What it plainly exports, where that is known already. */
  readonly names?: readonly string[] | undefined;
}
