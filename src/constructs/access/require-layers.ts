/** Layers of which a workload has one: they write policies of the same names. */
const PROXIES = ['Istio', 'Istio waypoint', 'Istio ztunnel'];

/**
 * Refuses layers that stand in each other's way.
 */
export function requireLayers(where: string, layers: string[]): void {
  const repeated = layers.find((layer, index) => layers.indexOf(layer) !== index);
  if (repeated !== undefined) {
    throw new Error(`${where} has two enforcers of the layer ${repeated}: they would write the same objects, name one`);
  }
  const [proxy, other] = layers.filter((layer) => PROXIES.includes(layer));
  if (other !== undefined) {
    throw new Error(`${where} has the layers ${proxy} and ${other}: a workload has a sidecar, a waypoint, or ztunnel alone, `
      + 'make an access policy for the workloads of each kind');
  }
}
