/** The charts that `spire` and `spire-nested` are made of. */
export const PARTS = ['spire-server', 'spire-agent', 'spiffe-csi-driver', 'spiffe-oidc-discovery-provider'] as const;

export type Part = typeof PARTS[number];

const TURTLES = ['bottom-turtle-ha-a', 'bottom-turtle-ha-b'];

/** What spire-nested calls its parts, by the chart that they are. */
const ALIASES: Readonly<Record<Part, readonly string[]>> = {
  'spire-server': ['root-spire-server', 'internal-spire-server', 'external-spire-server', 'external-root-spire-server-full', 'external-root-spire-server-security',
    ...TURTLES.map(turtle => `internal-spire-server-${turtle}`)],
  'spire-agent': ['upstream-spire-agent', 'downstream-spire-agent-full', 'downstream-spire-agent-security', ...TURTLES.map(turtle => `downstream-spire-agent-${turtle}`)],
  'spiffe-csi-driver': ['upstream-spiffe-csi-driver', 'downstream-spiffe-csi-driver',
    ...TURTLES.flatMap(turtle => [`upstream-spiffe-csi-driver-${turtle}`, `downstream-spiffe-csi-driver-${turtle}`])],
  'spiffe-oidc-discovery-provider': [],
};

const CHARTS: ReadonlyMap<string, Part> = new Map(PARTS.flatMap(part => [part, ...ALIASES[part]].map((name): [string, Part] => [name, part])));

/** The names of the parts of spire-nested that spire does not have, too. */
export const NESTED_PARTS: readonly string[] = Object.values(ALIASES).flat().filter(name => !/^upstream-(spire-agent|spiffe-csi-driver)$/.test(name));

/** The chart that a key at the root of values is for. */
export function partOf(key: string): Part | undefined {
  return CHARTS.get(key);
}
