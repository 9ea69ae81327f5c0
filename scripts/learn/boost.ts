import type { Example } from './logistic.ts';

/** A tree as arrays: node `n` asks for `feature[n]` (-1 at a leaf); the present ones go to `yes[n]`, the others to `no[n]`. */
export interface Tree {
  readonly feature: number[];
  readonly yes: number[];
  readonly no: number[];
  readonly value: number[];
}

export interface BoostSettings {
  readonly rounds: number;
  readonly depth: number;
  readonly rate: number;
  readonly pull: number;
  readonly minWeight: number;
}

/** Gradient-boosted trees on present-or-absent features, starting from given log-odds; deterministic. */
export function boost(
  examples: readonly Example[],
  start: Float64Array,
  features: number,
  settings: BoostSettings,
): readonly Tree[] {
  const odds = Float64Array.from(start);
  const trees: Tree[] = [];
  const gradient = new Float64Array(examples.length);
  const hessian = new Float64Array(examples.length);
  for (let round = 0; round < settings.rounds; round += 1) {
    examples.forEach(({ label, weight }, at) => {
      const p = 1 / (1 + Math.exp(-(odds[at] ?? 0)));
      gradient[at] = weight * (label - p);
      hessian[at] = weight * Math.max(p * (1 - p), 1e-6);
    });
    const tree = growTree(examples, gradient, hessian, features, settings);
    trees.push(tree);
    examples.forEach(({ ids }, at) => {
      odds[at] = (odds[at] ?? 0) + treeValue(tree, new Set(ids));
    });
  }
  return trees;
}

/** What a tree adds to the log-odds of an example. */
export function treeValue(tree: Tree, present: ReadonlySet<number>): number {
  let node = 0;
  for (let feature = tree.feature[node] ?? -1; feature >= 0; feature = tree.feature[node] ?? -1) {
    node = (present.has(feature) ? tree.yes[node] : tree.no[node]) ?? 0;
  }
  return tree.value[node] ?? 0;
}

function growTree(
  examples: readonly Example[],
  gradient: Float64Array,
  hessian: Float64Array,
  features: number,
  settings: BoostSettings,
): Tree {
  const tree: Tree = { feature: [], yes: [], no: [], value: [] };
  const grow = (members: readonly number[], depth: number): number => {
    const node = tree.feature.length;
    const sumG = members.reduce((sum, at) => sum + (gradient[at] ?? 0), 0);
    const sumH = members.reduce((sum, at) => sum + (hessian[at] ?? 0), 0);
    tree.feature.push(-1);
    tree.yes.push(0);
    tree.no.push(0);
    tree.value.push((settings.rate * sumG) / (sumH + settings.pull));
    if (depth === 0) return node;
    const feature = bestSplit(examples, members, gradient, hessian, features, sumG, sumH, settings);
    if (feature < 0) return node;
    const yes = members.filter((at) => examples[at]?.ids.includes(feature));
    const no = members.filter((at) => !examples[at]?.ids.includes(feature));
    tree.feature[node] = feature;
    tree.yes[node] = grow(yes, depth - 1);
    tree.no[node] = grow(no, depth - 1);
    return node;
  };
  grow([...examples.keys()], settings.depth);
  return tree;
}

function bestSplit(
  examples: readonly Example[],
  members: readonly number[],
  gradient: Float64Array,
  hessian: Float64Array,
  features: number,
  sumG: number,
  sumH: number,
  settings: BoostSettings,
): number {
  const g = new Float64Array(features);
  const h = new Float64Array(features);
  for (const at of members) {
    const dg = gradient[at] ?? 0;
    const dh = hessian[at] ?? 0;
    for (const id of examples[at]?.ids ?? []) {
      g[id] = (g[id] ?? 0) + dg;
      h[id] = (h[id] ?? 0) + dh;
    }
  }
  const { pull, minWeight } = settings;
  const base = (sumG * sumG) / (sumH + pull);
  let best = -1;
  let gain = 0.5;
  for (let id = 0; id < features; id += 1) {
    const yesG = g[id] ?? 0;
    const yesH = h[id] ?? 0;
    const noG = sumG - yesG;
    const noH = sumH - yesH;
    if (yesH < minWeight || noH < minWeight) continue;
    const found = (yesG * yesG) / (yesH + pull) + (noG * noG) / (noH + pull) - base;
    if (found > gain) {
      gain = found;
      best = id;
    }
  }
  return best;
}
