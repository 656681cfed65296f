/** Who needs whom: a plugin, another one, and by what. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly by: readonly string[];
}

export interface PlacedNode {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge extends Edge {
  /** For `d` of an SVG path. */
  readonly path: string;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

export const nodeWidth = 176;
export const nodeHeight = 46;

/**
 * A picture in layers: whoever needs nobody is at the bottom, and each arrow goes down to what is needed. Within a layer
 * each stands near those that need it, so that few lines cross. What has no arrows at all comes last.
 */
export function layOut(names: readonly string[], edges: readonly Edge[]): Layout {
  const joined = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const layers = ordered(
    layersOf(
      names.filter((name) => joined.has(name)),
      edges,
    ),
    edges,
  );
  const rows = [...layers, names.filter((name) => !joined.has(name))].flatMap(inRows);
  const width = margin * 2 + Math.max(1, ...rows.map(rowWidth));
  const nodes = rows.flatMap((row, line) => {
    const left = (width - rowWidth(row)) / 2;
    return row.map((name, index) => ({
      name,
      x: left + index * (nodeWidth + gapX),
      y: margin + line * (nodeHeight + gapY),
    }));
  });
  const places = new Map(nodes.map((node) => [node.name, node]));
  return {
    width,
    height: margin * 2 + rows.length * (nodeHeight + gapY) - gapY,
    nodes,
    edges: edges.flatMap((edge) => {
      const [from, to] = [places.get(edge.from), places.get(edge.to)];
      return from && to ? [{ ...edge, path: curve(from, to) }] : [];
    }),
  };
}

const margin = 12;
const gapX = 28;
const gapY = 64;
/** A picture that is wider is no overview any more: a layer goes on in the next row. */
const columns = 6;

function rowWidth(row: readonly string[]): number {
  return row.length * (nodeWidth + gapX) - gapX;
}

/** Those on top first. Of a cycle, which only broken plugins can have, the arrow that closes it is not followed. */
function layersOf(names: readonly string[], edges: readonly Edge[]): readonly (readonly string[])[] {
  const depths = new Map<string, number>();
  const depthOf = (name: string, above: ReadonlySet<string>): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    const within = new Set([...above, name]);
    const below = edges.filter(({ from, to }) => from === name && !within.has(to));
    const depth = Math.max(-1, ...below.map(({ to }) => depthOf(to, within))) + 1;
    depths.set(name, depth);
    return depth;
  };
  const layers: string[][] = [];
  for (const name of names) (layers[depthOf(name, new Set())] ??= []).push(name);
  return layers.toReversed();
}

function ordered(
  layers: readonly (readonly string[])[],
  edges: readonly Edge[],
): readonly (readonly string[])[] {
  const positions = new Map<string, number>();
  return layers.map((layer) => {
    const wish = (name: string, index: number): number => {
      const above = edges.flatMap(({ from, to }) => (to === name ? (positions.get(from) ?? []) : []));
      return above.length > 0
        ? above.reduce((sum, place) => sum + place, 0) / above.length
        : index / layer.length;
    };
    const wishes = new Map(layer.map((name, index) => [name, wish(name, index)]));
    const sorted = layer.toSorted((one, other) => (wishes.get(one) ?? 0) - (wishes.get(other) ?? 0));
    for (const [index, name] of sorted.entries()) positions.set(name, (index + 0.5) / sorted.length);
    return sorted;
  });
}

function inRows(names: readonly string[]): readonly (readonly string[])[] {
  const rows: string[][] = [];
  for (let start = 0; start < names.length; start += columns) rows.push(names.slice(start, start + columns));
  return rows;
}

function curve(from: PlacedNode, to: PlacedNode): string {
  const [x1, y1] = [from.x + nodeWidth / 2, from.y + nodeHeight];
  const [x2, y2] = [to.x + nodeWidth / 2, to.y - 9];
  const bend = Math.max(24, Math.abs(y2 - y1) / 2);
  return `M${x1} ${y1} C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
}
