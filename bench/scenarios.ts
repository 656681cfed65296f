import { constant } from './scenarios/constant.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { typedParameters } from './scenarios/typed-parameters.ts';
import { validatedBody } from './scenarios/validated-body.ts';

/** All scenarios, in the order of the report. */
export const scenarios: readonly Scenario[] = [constant, typedParameters, validatedBody];
