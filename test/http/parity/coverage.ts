import { topics } from './topics.ts';

/** How many cases for Express each of routing-controllers' specs has; those of the last two call its classes directly. */
export const upstreamCases: Readonly<Record<string, number>> = {
  'action-options': 3,
  'action-params': 47,
  'auth-decorator': 10,
  'class-transformer-options': 3,
  'class-validator-options': 5,
  container: 4,
  'controller-base-routes': 6,
  'controller-methods': 22,
  'controller-options': 3,
  'controller-order': 1,
  defaults: 6,
  'error-subclasses': 2,
  'express-custom-error-handling': 2,
  'express-error-handling': 6,
  'express-global-before-error-handling': 1,
  'express-middlewares': 6,
  'global-options': 4,
  interceptors: 5,
  'json-controller-methods': 15,
  'load-from-directory': 3,
  'middlewares-order': 2,
  'other-controller-decorators': 8,
  'redirect-decorator': 3,
  'render-decorator': 3,
  'special-result-send': 3,
  ActionParameterHandler: 6,
  'controller-inheritance': 4,
};

/** What the tables reach of them. */
export interface Coverage {
  readonly reached: Readonly<Record<string, number>>;
  readonly rows: number;
  /** Cases that routing-controllers itself does not serve on Express 5 as it comes. */
  readonly unservable: number;
}

export function coverage(): Coverage {
  const reached: Record<string, number> = {};
  let [rows, unservable] = [0, 0];
  for (const { spec, setups } of topics) {
    for (const setup of setups) {
      const cases = Object.values(setup.cases);
      reached[spec] = (reached[spec] ?? 0) + cases.length;
      rows += cases.flat().length;
      if (setup.unservable !== undefined || setup.nestedQueries) unservable += cases.length;
    }
  }
  return { reached, rows, unservable };
}
