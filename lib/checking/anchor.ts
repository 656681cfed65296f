import type { InjectedElement } from '../container/class-metadata.ts';
import type { Class } from '../plugin/tokens.ts';

/** What of a plugin's text a problem is about. */
export type Anchor =
  | { readonly kind: 'file'; readonly file: string; readonly line?: number | undefined }
  | { readonly kind: 'class'; readonly type: Class }
  /** An option in the call of `@Plugin`. */
  | { readonly kind: 'option'; readonly type: Class; readonly option: string }
  /** The same in a file whose class is not known: its manifest is wrong. */
  | { readonly kind: 'option-in-file'; readonly file: string; readonly option: string }
  /** Where a class asks for something: a parameter of its constructor, or a property. */
  | { readonly kind: 'injection'; readonly type: Class; readonly element: InjectedElement }
  | { readonly kind: 'method'; readonly type: Class; readonly method: string; readonly parameter?: number };
