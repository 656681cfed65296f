import { autocannon } from './autocannon.ts';
import { hasWrk, wrk } from './wrk.ts';

export const loadName = hasWrk ? 'wrk' : 'autocannon';
export const load = hasWrk ? wrk : autocannon;
