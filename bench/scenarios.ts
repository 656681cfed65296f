import { constant } from './scenarios/constant.ts';
import { embedded } from './scenarios/embedded.ts';
import { layers } from './scenarios/layers.ts';
import { manyPlugins } from './scenarios/many-plugins.ts';
import { requestScope } from './scenarios/request-scope.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { typedParameters } from './scenarios/typed-parameters.ts';
import { validatedBody } from './scenarios/validated-body.ts';

/** All scenarios, in the order of the report. */
export const scenarios: readonly Scenario[] = [
  constant,
  typedParameters,
  validatedBody,
  manyPlugins,
  layers,
  requestScope,
  embedded,
];
