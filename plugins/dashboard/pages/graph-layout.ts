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
  readonly shape: PictureShape;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** Where to say of those below that nobody needs them and they need nobody; undefined where there are none, or no others. */
  readonly apartY: number | undefined;
}

/** How wide a picture may be. One that is wider than its page is no overview any more: a layer goes on in the next row. */
export interface PictureShape {
  readonly name: string;
  readonly columns: number;
  readonly nodeWidth: number;
  readonly gapX: number;
}

export const wide: PictureShape = { name: 'wide', columns: 5, nodeWidth: 176, gapX: 28 };
/** For a phone. */
export const narrow: PictureShape = { name: 'narrow', columns: 2, nodeWidth: 150, gapX: 12 };

export const nodeHeight = 46;

/**
 * A picture in layers: whoever needs nobody is at the bottom, and each arrow goes down to what is needed. Within a layer
 * each stands near those that need it, so that few lines cross. What has no arrows at all comes last.
 */
export function layOut(names: readonly string[], edges: readonly Edge[], shape = wide): Layout {
  const { nodeWidth, gapX } = shape;
  const joined = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const connected = names.filter((name) => joined.has(name));
  const alone = names.filter((name) => !joined.has(name));
  const layers = ordered(layersOf(connected, edges), edges);
  const rows = inRows(alone.length > 0 ? [...layers, alone] : layers, shape);
  const width = margin * 2 + Math.max(1, ...rows.map((row) => rowWidth(row, shape)));
  const nodes = rows.flatMap((row) => {
    const left = (width - rowWidth(row, shape)) / 2;
    return row.names.map((name, index) => ({ name, x: left + index * (nodeWidth + gapX), y: row.y }));
  });
  const places = new Map(nodes.map((node) => [node.name, node]));
  const firstAlone = layers.length > 0 ? places.get(alone[0] ?? '') : undefined;
  return {
    shape,
    width,
    height: (rows.at(-1)?.y ?? 0) + nodeHeight + margin,
    nodes,
    edges: edges.flatMap((edge) => {
      const [from, to] = [places.get(edge.from), places.get(edge.to)];
      return from && to ? [{ ...edge, path: curve(from, to, nodeWidth) }] : [];
    }),
    apartY: firstAlone && firstAlone.y - captionGap,
  };
}

const margin = 12;
const gapY = 64;
/** Between the rows of one layer. */
const gapRow = 18;
const captionGap = 16;

function rowWidth({ names }: Row, { nodeWidth, gapX }: PictureShape): number {
  return names.length * (nodeWidth + gapX) - gapX;
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

interface Row {
  readonly names: readonly string[];
  readonly y: number;
}

function inRows(layers: readonly (readonly string[])[], { columns }: PictureShape): readonly Row[] {
  const rows: Row[] = [];
  let y = margin;
  for (const layer of layers) {
    for (let start = 0; start < layer.length; start += columns) {
      rows.push({ names: layer.slice(start, start + columns), y });
      y += nodeHeight + gapRow;
    }
    y += gapY - gapRow;
  }
  return rows;
}

function curve(from: PlacedNode, to: PlacedNode, nodeWidth: number): string {
  const [x1, y1] = [from.x + nodeWidth / 2, from.y + nodeHeight];
  const [x2, y2] = [to.x + nodeWidth / 2, to.y - 9];
  const bend = Math.max(24, Math.abs(y2 - y1) / 2);
  return `M${x1} ${y1} C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
}
