/** Layers of which a workload has one: they write policies of the same names. */
const PROXIES = ['Istio', 'Istio waypoint', 'Istio ztunnel'];
const AMBIENT = PROXIES.slice(1);
const NETWORK = ['NetworkPolicy', 'Cilium'];

/**
 * Refuses layers that stand in each other's way.
 */
export function requireLayers(where: string, layers: string[]): void {
  const repeated = layers.find((layer, index) => layers.indexOf(layer) !== index);
  if (repeated !== undefined) {
    throw new Error(`${where} has two enforcers of the layer ${repeated}: they would write the same objects, name one`);
  }
  const among = (names: string[]) => layers.filter((layer) => names.includes(layer));
  const [proxy, other] = among(PROXIES);
  if (other !== undefined) {
    throw new Error(`${where} has the layers ${proxy} and ${other}: a workload has a sidecar, a waypoint, or ztunnel alone, `
      + 'make an access policy for the workloads of each kind');
  }
  const [[ambient], [network]] = [among(AMBIENT), among(NETWORK)];
  if (ambient !== undefined && network !== undefined) {
    throw new Error(`${where} has the layers ${ambient} and ${network}: in ambient namespaces all connections between pods come to port 15008, `
      + `which a ${network} by the ports of workloads would close, leave one out`);
  }
}
