/** One example: the ids of the features that are present, whether it is an item, and how much it counts. */
export interface Example {
  readonly ids: Int32Array;
  readonly label: 0 | 1;
  readonly weight: number;
}

/** Where the weights are pulled to, and how hard, feature by feature. */
export interface Pull {
  readonly towards: Float64Array;
  readonly strength: Float64Array;
}

const MEMORY = 8;
const ROUNDS = 80;

/**
 * Maximum a posteriori logistic regression: weights that explain the examples while staying near where they are pulled.
 * Deterministic: limited-memory BFGS from the prior, no randomness.
 */
export function fitLogistic(examples: readonly Example[], pull: Pull): Float64Array {
  let weights: Float64Array = Float64Array.from(pull.towards);
  let { loss, gradient } = lossOf(examples, weights, pull);
  const steps: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const direction = directionOf(gradient, steps);
    const slope = dot(direction, gradient);
    if (slope > -1e-7) break;
    let size = round === 0 ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 1;
    let next = along(weights, direction, size);
    let after = lossOf(examples, next, pull);
    while (after.loss > loss + 1e-4 * size * slope && size > 1e-8) {
      size /= 2;
      next = along(weights, direction, size);
      after = lossOf(examples, next, pull);
    }
    const s = minus(next, weights);
    const y = minus(after.gradient, gradient);
    const curvature = dot(s, y);
    if (curvature > 1e-10) steps.push({ s, y, rho: 1 / curvature });
    if (steps.length > MEMORY) steps.shift();
    const gain = loss - after.loss;
    weights = next;
    ({ loss, gradient } = after);
    if (gain < 1e-6 * Math.abs(loss)) break;
  }
  return weights;
}

/** The log-odds of an example. */
export function logOdds(ids: Int32Array, weights: Float64Array): number {
  let sum = 0;
  for (const id of ids) sum += weights[id] ?? 0;
  return sum;
}

function lossOf(examples: readonly Example[], weights: Float64Array, pull: Pull) {
  const gradient = new Float64Array(weights.length);
  let loss = 0;
  for (let at = 0; at < weights.length; at += 1) {
    const off = (weights[at] ?? 0) - (pull.towards[at] ?? 0);
    const strength = pull.strength[at] ?? 1;
    loss += 0.5 * strength * off * off;
    gradient[at] = strength * off;
  }
  for (const { ids, label, weight } of examples) {
    const odds = logOdds(ids, weights);
    const signed = label === 1 ? odds : -odds;
    loss += weight * (signed > 0 ? Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed)) - signed);
    const error = weight * (1 / (1 + Math.exp(-odds)) - label);
    for (const id of ids) gradient[id] = (gradient[id] ?? 0) + error;
  }
  return { loss, gradient };
}

function directionOf(
  gradient: Float64Array,
  steps: readonly { s: Float64Array; y: Float64Array; rho: number }[],
): Float64Array {
  const direction = gradient.map((value) => -value);
  const alphas: number[] = [];
  for (const { s, y, rho } of [...steps].reverse()) {
    const alpha = rho * dot(s, direction);
    alphas.unshift(alpha);
    addScaled(direction, y, -alpha);
  }
  const last = steps[steps.length - 1];
  if (last !== undefined) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    for (let at = 0; at < direction.length; at += 1) direction[at] = (direction[at] ?? 0) * scale;
  }
  steps.forEach(({ s, y, rho }, index) => {
    const beta = rho * dot(y, direction);
    addScaled(direction, s, (alphas[index] ?? 0) - beta);
  });
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

function addScaled(into: Float64Array, from: Float64Array, scale: number): void {
  for (let at = 0; at < into.length; at += 1) into[at] = (into[at] ?? 0) + scale * (from[at] ?? 0);
}

function along(from: Float64Array, direction: Float64Array, size: number): Float64Array {
  const to = Float64Array.from(from);
  addScaled(to, direction, size);
  return to;
}

function minus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => value - (b[at] ?? 0));
}
