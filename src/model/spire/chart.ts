import { isFilledIn } from '../filled-in';
import { Json, Manifest, Path, asObject, asText, asTexts } from '../manifest';

/** A partner that values define a federation with. */
export interface ChartPartner {
  readonly path: Path;
  readonly trustDomain: string;
}

/** The controller manager that values give. */
export interface ChartManager {
  /** Undefined where only the release tells, which is not in the input. */
  readonly className?: string;
  readonly watchClassless: boolean;
}

const SOCKET = '/run/spire/agent-sockets/spire-agent.sock';
const ALTERNATES = ['socket', 'spire-agent.sock', 'api.sock'];
const IGNORED = ['kube-system', 'kube-public', 'local-path-storage', 'openshift-.*', 'ibm-.*'];
const MANAGER = ['spire-server', 'controllerManager'];
const PARTNERS = [...MANAGER, 'identities', 'clusterFederatedTrustDomains'];

/** The chart's own identities that only pods of SPIRE and SPIKE take. */
const STOCK = /^(child-servers|oidc-discovery-provider|test-keys|spike-.*|spire-.*)$/;

/** What the chart `spire` 0.30 makes of values, as far as other objects have to agree with it; a fact that another program fills in is undefined. */
export class SpireChart {
  /**
   * @param values the values
   * @param standardClass the class of its objects where the values give none; undefined where the release is not to be seen
   */
  constructor(public readonly values: Manifest, private readonly standardClass: string | undefined) {}

  public get trustDomain(): string | undefined {
    return this.text(['global', 'spire', 'trustDomain'], 'example.org');
  }

  /** The issuer of JWT-SVIDs, where the values give it as a URL: its standard was another one in older charts. */
  public get jwtIssuer(): string | undefined {
    const issuer = this.text(['global', 'spire', 'jwtIssuer'], asText(this.get(['spire-server', 'jwtIssuer'])));
    return this.hasServer && issuer?.startsWith('https://') ? issuer : undefined;
  }

  public get hasAgent(): boolean {
    return isOn(this.get(['spire-agent', 'enabled']), true);
  }

  public get hasServer(): boolean {
    return isOn(this.get(['spire-server', 'enabled']), true);
  }

  /** The files under which pods find the Workload API in the folder of the driver: the socket, and links to it. */
  public get sockets(): string[] | undefined {
    const path = this.text(['spire-agent', 'socketPath'], SOCKET);
    const names = this.get(['spire-agent', 'socketAlternate', 'names']) ?? ALTERNATES;
    const areTold = Array.isArray(names) && !asTexts(names).some(isFilledIn);
    if (!this.hasAgent || path === undefined || !areTold || Object.keys(asObject(this.get(['spire-agent', 'agents']))).length > 0) return undefined;
    return [...new Set([path.slice(path.lastIndexOf('/') + 1), ...asTexts(names)])];
  }

  /** The name of the CSI driver. */
  public get driver(): string | undefined {
    return isOn(this.get(['spiffe-csi-driver', 'enabled']), true) ? this.text(['spiffe-csi-driver', 'pluginName'], 'csi.spiffe.io') : undefined;
  }

  /** Whether agents give proxies all bundles under the name that Istio asks for; undefined where it cannot be told. */
  public get givesAllBundles(): boolean | undefined {
    const at = ['spire-agent', 'sds'];
    const [bundle, all] = [this.text([...at, 'defaultBundleName'], 'ROOTCA'), this.text([...at, 'defaultAllBundlesName'], 'ALL')];
    const isTold = this.hasAgent && bundle !== undefined && all !== undefined && !isFilledIn(asText(this.get([...at, 'enabled'])));
    return isTold ? isOn(this.get([...at, 'enabled']), false) && all === 'ROOTCA' && bundle !== 'ROOTCA' : undefined;
  }

  /** Whether agents attest workloads by their containers; undefined where it cannot be told. */
  public get needsContainers(): boolean | undefined {
    const at = ['spire-agent', 'workloadAttestors', 'k8s'];
    const [without, enabled] = [this.get([...at, 'disableContainerSelectors']), this.get([...at, 'enabled'])];
    const isTold = this.hasAgent && !isFilledIn(asText(without)) && !isFilledIn(asText(enabled));
    return isTold ? isOn(enabled, true) && !isOn(without, false) : undefined;
  }

  /** Undefined where there is none, or another beside it. */
  public get manager(): ChartManager | undefined {
    const clusters = [['spire-server', 'externalControllerManagers', 'clusters'], ['spire-server', 'kubeConfigs']];
    const isOnly = clusters.every(path => Object.keys(asObject(this.get(path))).length === 0);
    const className = this.text([...MANAGER, 'className'], this.standardClass ?? '');
    if (!this.hasServer || !isOnly || className === undefined || !isOn(this.get([...MANAGER, 'enabled']), true)) return undefined;
    return { className: className || undefined, watchClassless: isOn(this.get([...MANAGER, 'watchClassless']), false) };
  }

  /** The namespaces the manager leaves alone. */
  public get ignoredNamespaces(): string[] {
    const given = this.get([...MANAGER, 'ignoreNamespaces']);
    return Array.isArray(given) ? asTexts(given) : IGNORED;
  }

  /** The identities for pods; undefined where others are made as well. */
  public get identities(): Json[] | undefined {
    const { clusterSPIFFEIDs, clusterStaticEntries } = asObject(this.get([...MANAGER, 'identities']));
    if (!this.manager || Object.keys(asObject(clusterStaticEntries)).length > 0) return undefined;
    return Object.entries({ default: {}, ...asObject(clusterSPIFFEIDs) })
      .filter(([name, id]) => !STOCK.test(name) && isOn(asObject(id).enabled, true)).map(([, id]) => asObject(id));
  }

  public get partners(): ChartPartner[] {
    const given = asObject(this.get(PARTNERS));
    return Object.keys(given).filter(key => isOn(asObject(given[key]).enabled, true))
      .map(key => ({ path: [...PARTNERS, key], trustDomain: asText(given[key].trustDomain) }))
      .filter(({ trustDomain }) => trustDomain !== '' && !isFilledIn(trustDomain));
  }

  /** Whether the server serves its bundle to partners; undefined where it cannot be told, or there is no server. */
  public get servesBundle(): boolean | undefined {
    const enabled = this.get(['spire-server', 'federation', 'enabled']);
    return this.hasServer && !isFilledIn(asText(enabled)) ? isOn(enabled, false) : undefined;
  }

  private get(path: Path): Json {
    return path.reduce((value: Json, step) => asObject(value)[step], this.values.value);
  }

  private text(path: Path, standard: string): string | undefined {
    const text = asText(this.get(path)) || standard;
    return isFilledIn(text) ? undefined : text;
  }
}

/** Whether a switch of the chart is on; one that is filled in may be. */
function isOn(value: Json, standard: boolean): boolean {
  return value === undefined || value === null ? standard : String(value) !== 'false';
}
