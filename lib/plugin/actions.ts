import type { ValidatorOptions } from 'class-validator';
import type { RouteStatus } from './status.ts';
import type { Class } from './tokens.ts';

/**
 * One action of a running plugin, as its decorators describe it. It names classes of the plugin's generation, which it would
 * keep in memory: read it when you need it, and keep none of it.
 */
export interface PluginAction extends RouteStatus {
  /** One for each way to leave out what is optional; none where the route is a RegExp. */
  readonly templates: readonly PathTemplate[];
  readonly controller: Class;
  /** The name of the method that is called. */
  readonly handler: string;
  /** By their position in the method. */
  readonly parameters: readonly ActionParameter[];
  /** Of a `@JsonController`: it takes and answers JSON, its errors too. Otherwise text. */
  readonly answersJson: boolean;
  /** Of `@Authorized`; undefined where the action is open to all. */
  readonly roles: readonly unknown[] | undefined;
  /** Of `@HttpCode`; default 200. */
  readonly successStatus: number;
  /** Of `@OnUndefined`; undefined where it is an error, by default 404. */
  readonly undefinedStatus: number | undefined;
  /** Of `@OnNull`; undefined where it is an error, and where nobody says it: then it is 204. */
  readonly nullStatus: number | undefined;
  /** Of `@Redirect`. */
  readonly redirect: string | undefined;
  /** The template of `@Render`. */
  readonly view: string | undefined;
  /** Of `@Header`, `@ContentType` and `@Location`. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the method returns goes through an interceptor (the host's, the plugin's or its own), which may send another thing. */
  readonly isIntercepted: boolean;
  /** The app answers its errors: with its `errorBody`, or itself where `defaultErrorHandler` is false. */
  readonly appAnswersErrors: boolean;
  /** Of `@Body({ options: { type } })`: which media types it reads in the place of the usual one, where these are named. */
  readonly bodyTypes: readonly string[] | undefined;
}

/** A path as a URI template: `/items/{id}`, with all prefixes, without the mount point of the embedding app. */
export interface PathTemplate {
  readonly path: string;
  readonly parameters: readonly PathParameter[];
}

export interface PathParameter {
  readonly name: string;
  /** What it must match, where the route says so: a regular expression. */
  readonly pattern: string | undefined;
  /** It takes several segments: `*rest`. */
  readonly isWildcard: boolean;
}

/** What one argument of an action is made from. */
export interface ActionParameter {
  /** As routing-controllers calls it: `param`, `query`, `queries`, `header`, `cookie`, `body`, `body-param`, `file`, `files`, … */
  readonly kind: string;
  /** Of one value among several; empty for all of them, and for a whole body. */
  readonly name: string;
  /** The class that the value becomes, `String`, `Number` and `Boolean` among them; undefined where it is not known. */
  readonly type: Class | undefined;
  /** A list of `type`. */
  readonly isList: boolean;
  readonly isRequired: boolean;
  /** With which options an object of `type` is checked by class-validator; undefined where it is not. */
  readonly validation: ValidatorOptions | undefined;
}
