type RequiredOf<T> = { [K in keyof T]-?: undefined extends T[K] ? never : K }[keyof T];

/**
 * What each prop has to be: `text`, `number`, `map` or the name of a type; with `[]` a list of them, with `?` at the end where it may be left out.
 */
export type Kinds<T> = { readonly [K in RequiredOf<T>]: string } & { readonly [K in keyof T]?: string };

/** A member that every value of the type has, for types that are mistaken for each other or for their name. */
const MEMBERS: { readonly [kind: string]: string } = {
  AccessEnforcer: '_bind',
  AgentBundle: '_keys',
  AgentKeyManager: '_plugin',
  BundlePublisher: '_plugin',
  Cluster: 'serviceHost',
  CredentialComposer: '_plugin',
  DataStore: '_plugin',
  EnvoyMesh: 'isMember',
  FederatedClusterOptions: 'cluster',
  Federation: 'trustedBy',
  FederationMember: 'spire',
  FederationPartner: 'bundleEndpointUrl',
  FederationTopology: '_relations',
  FileRef: '_source',
  GatewayServer: '_toJson',
  IArtifactContent: 'render',
  IConstruct: 'node',
  IMesh: 'rootNamespace',
  IMeshPeer: 'identity',
  IngressGateway: 'selector',
  IPlatformDefinition: 'define',
  ISpire: 'className',
  IstioVersion: 'isAtLeast',
  IWorkloads: 'isMember',
  KeyManager: '_plugin',
  MeshWorkload: 'matchLabels',
  NestedServerProps: 'platform',
  NetworkPeer: '_facts',
  NodeAttestor: '_sides',
  Platform: 'chart',
  RouteDestination: '_toJson',
  SecretRef: 'name',
  SpiffeId: 'uri',
  SpiffeIdTemplate: 'text',
  Spire: '_networkPolicies',
  SpireVersion: 'minorsAheadOf',
  Subset: 'labels',
  SvidStore: '_plugin',
  TrustDomain: 'sameAs',
  UpstreamAuthority: '_plugin',
  WorkloadApiSocket: 'csiDriver',
  WorkloadAttestor: '_plugin',
};

/** Where to get what has no constructor of its own. */
const SOURCES: { readonly [kind: string]: string } = {
  IMeshPeer: 'what mesh.enroll() returns, or a gateway',
  MeshWorkload: 'what mesh.enroll() returns for it',
};

/**
 * Refuses what a compiler would refuse, for those who have none: props that are missing or of another kind.
 *
 * @param where what the props are for, such as `Cluster.of`
 */
export function requireProps<T extends object>(where: string, props: T, kinds: Kinds<T>): void {
  const required = Object.entries<string>(kinds as {}).filter(([, kind]) => !kind.endsWith('?')).map(([name]) => name);
  if (typeof props !== 'object' || props === null) {
    throw new Error(`${where} has ${shown(props)} for its props: give an object${required.length > 0 ? ` with ${required.join(', ')}` : ''}`);
  }
  const values = props as { readonly [name: string]: unknown };
  for (const [name, kind] of Object.entries<string>(kinds as {})) {
    const value = values[name];
    const [allowed, isOptional] = [kind.replace(/\?$/, ''), kind.endsWith('?')];
    if (value === undefined || value === null) {
      if (!isOptional) {
        const given = Object.keys(values).filter((key) => values[key] !== undefined);
        throw new Error(`${where} has no ${name}: give ${article(allowed)}${given.length > 0 ? `; given are ${given.join(', ')}` : ''}`);
      }
    } else if (!isOf(value, allowed)) {
      const wrong = Array.isArray(value) && allowed.endsWith('[]') ? value.find((one) => !isOf(one, allowed.slice(0, -2))) : value;
      throw new Error(`${name} of ${where} ${wrong === value ? 'is' : 'holds'} ${shown(wrong)}: give ${article(allowed)}`);
    }
  }
}

function isOf(value: unknown, kind: string): boolean {
  if (kind.endsWith('[]')) {
    return Array.isArray(value) && value.every((one) => isOf(one, kind.slice(0, -2)));
  }
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    default:
      return typeof value === 'object' && value !== null && !Array.isArray(value) && (MEMBERS[kind] === undefined || MEMBERS[kind] in value);
  }
}

function article(kind: string): string {
  if (SOURCES[kind]) {
    return SOURCES[kind];
  }
  if (kind.endsWith('[]')) {
    return `a list of ${kind.slice(0, -2)}${/^[a-z]/.test(kind) ? 's' : ''}`;
  }
  return `${/^[AEIO]/.test(kind) ? 'an' : 'a'} ${kind}`;
}

function shown(value: unknown): string {
  if (typeof value === 'string') {
    return `'${value}'`;
  }
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (typeof value === 'object' && value !== null) {
    const name = value.constructor?.name ?? 'Object';
    return name === 'Object' ? 'an object without what that has' : `${article(name)}${'node' in value ? ` '${(value as any).node.path}'` : ''}`;
  }
  return typeof value === 'function' ? 'a function' : String(value);
}
