import { answerTopics } from './answers.ts';
import { authorizationTopics } from './authorization.ts';
import { routeTopics } from './base-routes.ts';
import { containerTopics } from './containers.ts';
import { defaultTopics } from './defaults.ts';
import { directoryTopics } from './directories.ts';
import { errorTopics } from './errors.ts';
import { headerAndBodyTopics } from './headers-and-bodies.ts';
import { jsonMethodTopics } from './json-methods.ts';
import { methodTopics } from './methods.ts';
import { middlewareTopics } from './middlewares.ts';
import { parameterTopics } from './parameters.ts';
import { queryTopics } from './queries.ts';
import type { Topic } from './row.ts';
import { transformTopics } from './transform-options.ts';
import { uploadTopics } from './uploads.ts';

export const topics: readonly Topic[] = [
  ...transformTopics,
  ...parameterTopics,
  ...queryTopics,
  ...headerAndBodyTopics,
  ...uploadTopics,
  ...authorizationTopics,
  ...containerTopics,
  ...routeTopics,
  ...methodTopics,
  ...jsonMethodTopics,
  ...defaultTopics,
  ...errorTopics,
  ...middlewareTopics,
  ...answerTopics,
  ...directoryTopics,
];
