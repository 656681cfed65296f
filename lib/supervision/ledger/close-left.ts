import { setImmediate as nextTurn } from 'node:timers/promises';
import { withinLimit } from '../../container/time-limit.ts';
import { countAlike, type LeftResource } from './left-resource.ts';
import { originOf } from './origin.ts';
import { isOpen, type OwnedResource, type OwnedResources } from './owned-resources.ts';

/** For a worker, which alone takes its time, in ms. */
const closeMs = 5_000;
/** What is closed may open something anew, such as a connection that was lost. */
const rounds = 5;

/** Closes all that is the owner's own, and says what it was. */
export async function closeLeft(
  owned: OwnedResources,
  file: string | undefined,
): Promise<readonly LeftResource[]> {
  const left: Omit<LeftResource, 'count'>[] = [];
  const seen = new Set<OwnedResource>();
  for (let round = 0; round < rounds; round += 1) {
    const found = owned.open().filter((one) => !seen.has(one));
    if (found.length === 0) break;
    for (const one of found) seen.add(one);
    const results = await Promise.all(found.map(async (one) => closeOne(one, file)));
    left.push(...results.flatMap((result) => result ?? []));
    await nextTurn();
  }
  return countAlike(left);
}

async function closeOne(
  owned: OwnedResource,
  file: string | undefined,
): Promise<Omit<LeftResource, 'count'> | undefined> {
  const { kind, resource, trace } = owned;
  const named = { kind: typeof kind.name === 'string' ? kind.name : kind.name(resource) };
  if (!trace) return isUnending(owned) ? { ...named, closed: false } : undefined;
  const { isOwn, startedAt } = originOf(trace, file, kind.isNodes);
  if (!isOwn) return undefined;
  return { ...named, startedAt, closed: await isClosed(owned) };
}

/** Nobody knows whose it is, and it should be over by now. Without a reference it may be one of `fetch`'s. */
function isUnending(owned: OwnedResource): boolean {
  return isOpen(owned) && (owned.resource as NodeJS.Timeout).hasRef();
}

async function isClosed(owned: OwnedResource): Promise<boolean> {
  try {
    await withinLimit(
      closeMs,
      () => new Error('late'),
      () => owned.kind.close?.(owned.resource),
    );
  } catch {
    // Told by what is still open.
  }
  return !isOpen(owned);
}
