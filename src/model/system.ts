import { collect } from './collect';
import { Embedded } from './embedded';
import { mountedBootstraps } from './envoy-bootstraps';
import { SnakeCased } from './envoy-names';
import { holderOf } from './held-chart';
import { heldValues, isCiliumValues, isPartOfMeshValues, isSpireValues } from './helm';
import { Inside } from './inside';
import { selects } from './kubernetes/selector';
import { Workload } from './kubernetes/workload';
import { Json, Manifest, Path, asList, asObject, asText } from './manifest';
import { withLayers } from './mesh/layers';
import { Mesh, readMesh } from './mesh/mesh';
import { readManifests } from './reader';
import { Unread } from './reading';
import { Agent, Helper, Oidc, Server, configKind, kindByPlugins, readProgram } from './spire/discovery';
import { ConfigKind, mountedConfigs } from './spire/mounted-configs';
import { Text } from './text';
import { isAgentConfig } from './vault/agent';

/** Everything that stands in one cluster, as far as the input shows it. */
export class System {
  public readonly workloads: Workload[] = [];
  public readonly servers: Server[] = [];
  public readonly agents: Agent[] = [];
  public readonly oidcProviders: Oidc[] = [];
  /** Configurations of spiffe-helper. */
  public readonly helpers: Helper[] = [];
  public readonly meshes: Mesh[] = [];
  /** Configurations of the SPIRE controller manager, on their own or inside a ConfigMap. */
  public readonly managers: Manifest[] = [];
  /** Envoy bootstraps and fragments of them. */
  public readonly envoys: Manifest[] = [];
  /** Texts that an Envoy reads as its bootstrap, and that are no YAML. */
  public readonly brokenEnvoys: { text: Text; problem: Unread }[] = [];
  public readonly regos: Text[] = [];
  /** Configurations of Vault Agent. */
  public readonly vaultAgents: Text[] = [];
  /** Configurations of OPA with its Envoy plugin. */
  public readonly opaConfigs: Manifest[] = [];
  /** Documents with Prometheus rule groups that are no PrometheusRule. */
  public readonly ruleFiles: Manifest[] = [];
  /** Values for SPIRE's Helm charts. */
  public readonly spireValues: Manifest[] = [];
  /** Values for Cilium's Helm chart that have to do with SPIRE. */
  public readonly ciliumValues: Manifest[] = [];
  /** Configurations of Istio's injector, as the chart renders them. */
  public readonly injectors: Manifest[] = [];
  /** Grafana dashboards, bare or wrapped. */
  public readonly dashboards: Manifest[] = [];
  /** All clusters of the input, itself among them. */
  public clusters: readonly System[] = [this];

  /** Those that files outside of their folders belong to as well, itself among them. */
  public siblings: readonly System[] = [this];
  private readonly byKind = new Map<string, Manifest[]>();
  private readonly byName = new Map<string, Map<string, Manifest>>();
  private readonly byNamespace = new Map<string, Workload[]>();
  private readonly meshParts: Manifest[] = [];
  private mounted?: ReadonlyMap<string, ConfigKind>;
  private mountedEnvoys?: ReadonlySet<string>;
  private readonly namespaceLabels = new Map<string, Record<string, string>>();

  constructor(public readonly manifests: Manifest[], public readonly texts: readonly Text[]) {
    for (const manifest of manifests) this.index(manifest);
    for (const text of texts) this.addText(text);
    for (const manifest of manifests) this.addContent(manifest);
    const meshes = withLayers(this.meshes, this.meshParts);
    if (meshes !== this.meshes) this.meshes.splice(0, Infinity, ...meshes);
  }

  /** All objects of a kind, in the order of the input. */
  public all(kind: string): Manifest[] {
    return this.byKind.get(kind) ?? [];
  }

  public find(kind: string, namespace: string, name: string): Manifest | undefined {
    const named = this.byName.get(kind) ?? this.name(kind);
    return named.get(`${namespace}/${name}`);
  }

  /** The workloads of a namespace. */
  public workloadsIn(namespace: string): Workload[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  /** The labels of a namespace; undefined where it is not in the input. */
  public labelsOf(namespace: string): Record<string, string> | undefined {
    return this.namespaceLabels.get(namespace);
  }

  /** Whether a namespace selector takes a namespace, which always carries its name as a label. */
  public selectsNamespace(selector: unknown, namespace: string): boolean {
    return selects(selector, { 'kubernetes.io/metadata.name': namespace, ...this.labelsOf(namespace) });
  }

  /** The mesh, if there is exactly one trust domain to speak of. */
  public get mesh(): Mesh | undefined {
    return this.meshes[0];
  }

  private index(manifest: Manifest): void {
    collect(this.byKind, manifest.kind, manifest);
    if (manifest.kind === 'Namespace') this.namespaceLabels.set(manifest.name, manifest.labels);
    const workload = Workload.of(manifest);
    if (workload) this.addWorkload(workload);
  }

  /** Objects of most kinds are never looked for by name. */
  private name(kind: string): Map<string, Manifest> {
    const named = new Map<string, Manifest>();
    for (const manifest of this.all(kind)) {
      const key = `${manifest.namespace}/${manifest.name}`;
      if (!named.has(key)) named.set(key, manifest);
    }
    this.byName.set(kind, named);
    return named;
  }

  private addWorkload(workload: Workload): void {
    this.workloads.push(workload);
    collect(this.byNamespace, workload.namespace, workload);
  }

  private addContent(manifest: Manifest): void {
    if (manifest.kind === 'ConfigMap' || manifest.kind === 'Secret') this.addData(manifest);
    else this.addDocument(manifest);
  }

  private addData(manifest: Manifest): void {
    const isMap = manifest.kind === 'ConfigMap';
    const data = asObject(manifest.value[isMap ? 'data' : 'stringData']);
    for (const key of Object.keys(data)) {
      const path = [isMap ? 'data' : 'stringData', key];
      if (typeof data[key] === 'string') this.addText(new Text(manifest.fileAt(path), data[key], manifest, path));
    }
    const field = isMap ? 'binaryData' : 'data';
    const encoded = asObject(manifest.value[field]);
    for (const key of Object.keys(encoded)) {
      if (typeof encoded[key] !== 'string' || !CONFIGURATION.test(key)) continue;
      this.addText(new Text(manifest.file, Buffer.from(encoded[key], 'base64').toString('utf8'), manifest, [field, key], true));
    }
  }

  private addText(text: Text): void {
    if (isAgentConfig(text.text)) {
      this.vaultAgents.push(text);
      return;
    }
    // a piece of a configuration is a file of its own in documents, and a mistake in a ConfigMap
    const kind = (text.manifest && this.mountedKind(text, text.manifest)) ?? configKind(text.text, text.fileName)
      ?? (text.manifest && kindByPlugins(text.text));
    if (kind) {
      const program = readProgram(kind, text, this.workloadsIn(text.manifest?.namespace ?? ''), (...key) => this.find(...key));
      if (program.kind === 'server') this.servers.push(program as Server);
      else if (program.kind === 'agent') this.agents.push(program as Agent);
      else if (program.kind === 'oidc') this.oidcProviders.push(program as Oidc);
      else this.helpers.push(program as Helper);
    } else if (/^[ \t]*package\s+[\w.]+/m.test(text.text) && !/^[ \t]*((apiVersion|kind):|func )/m.test(text.text)) {
      this.regos.push(text);
    } else if (text.manifest && this.isYaml(text, text.manifest)) {
      this.addYaml(text);
    }
  }

  private isYaml(text: Text, manifest: Manifest): boolean {
    return !isRecordOfValues(text) && (isMeshConfig(text) || EMBEDDED.test(text.text) || this.isMountedEnvoy(text, manifest));
  }

  /** Whether a container of Envoy reads a text, which may lack all that one knows it by. */
  private isMountedEnvoy(text: Text, { namespace, name }: Manifest): boolean {
    this.mountedEnvoys ??= mountedBootstraps(this.workloads);
    return this.mountedEnvoys.has(`${namespace}/${name}/${text.fileName}`);
  }

  private mountedKind(text: Text, manifest: Manifest): ConfigKind | undefined {
    this.mounted ??= mountedConfigs(this.workloads);
    return this.mounted.get(`${manifest.namespace}/${manifest.name}/${text.fileName}`);
  }

  private addYaml(text: Text): void {
    const { manifests, unread } = readManifests(text.file, text.text);
    for (const inner of manifests) this.addEmbedded(text, inner);
    if (unread.length > 0 && text.manifest && this.isMountedEnvoy(text, text.manifest)) this.brokenEnvoys.push({ text, problem: unread[0] });
  }

  private addEmbedded(text: Text, inner: Manifest): void {
    const placed = new Embedded(text, inner.value?.staticResources === undefined ? inner : new SnakeCased(inner));
    if (text.fileName === 'mesh') {
      const mesh = readMesh(text.manifest!, placed);
      if (mesh) this.meshes.push(mesh);
    } else if (text.fileName === 'config' && inner.value.templates !== undefined) {
      this.injectors.push(placed);
    } else {
      this.addDocument(placed);
      const isTaken = isEnvoy(asObject(inner.value)) || inner.value?.staticResources !== undefined;
      if (!isTaken && text.manifest && this.isMountedEnvoy(text, text.manifest)) this.envoys.push(placed);
    }
  }

  private addDocument(manifest: Manifest): void {
    const value = asObject(manifest.value);
    const mesh = readMesh(manifest, undefined);
    if (mesh) this.meshes.push(mesh);
    const held = heldValues(manifest);
    for (const values of held.values) this.addDocument(values);
    for (const text of held.texts) this.addYaml(text);
    if (manifest.kind === 'GrafanaDashboard' && asText(manifest.spec.json) !== '') this.addYaml(new Text(manifest.file, asText(manifest.spec.json), manifest, ['spec', 'json']));
    if (manifest.kind === 'ControllerManagerConfig' && !isOfOtherManager(manifest) || isManagerConfig(value)) this.managers.push(manifest);
    if (asText(value.kind) !== '' && asText(value.apiVersion) !== '') return;
    if (asObject(value.plugins).envoy_ext_authz_grpc !== undefined) this.opaConfigs.push(manifest);
    if (value.staticResources !== undefined) this.addDocument(new SnakeCased(manifest));
    else if (isEnvoy(value)) this.envoys.push(manifest);
    if (Array.isArray(value.groups)) this.ruleFiles.push(manifest);
    for (const path of rulePlaces(value)) this.ruleFiles.push(new Inside(manifest, path, path.reduce((inner: Json, step) => inner[step], value)));
    if (isPartOfMeshValues(value) && holderOf(manifest) === undefined) this.meshParts.push(manifest);
    if (isCiliumValues(value)) this.ciliumValues.push(manifest);
    if (isSpireValues(value)) this.spireValues.push(manifest);
    if (Array.isArray(value.panels) || Array.isArray(asObject(value.dashboard).panels)) this.dashboards.push(manifest);
  }
}

/** What files of settings are called: everything else in base64 is keys, certificates, pictures. */
const CONFIGURATION = /\.(conf|hcl|json|rego|ya?ml)$/;

/** What the text of a ConfigMap must hold to be looked at as YAML. */
const EMBEDDED = new RegExp([
  'static_resources|staticResources|envoy_ext_authz_grpc|"panels"',
  '\\b(?:clusters|listeners|cluster_manager|trustDomain|extensionProviders|defaultConfig)["\']?[ \\t]*:',
  '(?:^|[{,])[ \\t]*["\']?(?:groups|templates)["\']?[ \\t]*:',
  '(?:^|[{,])[ \\t]*["\']?kind["\']?[ \\t]*:[ \\t]*["\']?ControllerManagerConfig',
].join('|'), 'm');

/** Whether a text is what istiod reads as the configuration of the mesh, whatever it says. */
function isMeshConfig({ fileName, manifest }: Text): boolean {
  return fileName === 'mesh' && /^istio(-|$)/.test(manifest!.name);
}

/** Whether a text is what the chart istiod writes down of its own values, which nobody gives to a chart. */
function isRecordOfValues({ fileName, manifest }: Text): boolean {
  return /^((original|merged)-)?values$/.test(fileName) && /^(istio-sidecar-injector|values)(-|$)/.test(manifest!.name);
}

/** Whether a configuration is that of another operator: most were made with the same framework, which once had a kind for it. */
function isOfOtherManager({ apiVersion, value }: Manifest): boolean {
  return apiVersion.startsWith('controller-runtime.') && ['clusterName', 'trustDomain', 'className', 'ignoreNamespaces'].every(key => value[key] === undefined);
}

/** A configuration of the controller manager that does not say what it is, or misspells its kind; values of charts have the same names, and a kind, too. */
function isManagerConfig({ clusterName, trustDomain, kind, apiVersion, ignoreNamespaces, spec }: ReturnType<typeof asObject>): boolean {
  if (asText(clusterName) === '' || asText(trustDomain) === '') return false;
  return kind === undefined ? Array.isArray(ignoreNamespaces) : spec === undefined && asText(apiVersion).startsWith('spire.spiffe.io/');
}

/** Where values of the charts of Prometheus hold files of rules. */
function rulePlaces(value: Json): Path[] {
  const places = [['additionalPrometheusRulesMap'], ['serverFiles']].flatMap(path => Object.keys(asObject(value[path[0]])).map(name => [...path, name]));
  const listed = asList(value.additionalPrometheusRules).map((_: Json, i: number): Path => ['additionalPrometheusRules', i]);
  return [...places, ...listed].filter(path => Array.isArray(path.reduce((inner: Json, step) => inner?.[step], value)?.groups));
}

function isEnvoy(value: ReturnType<typeof asObject>): boolean {
  if (value.static_resources || value.dynamic_resources || value.cluster_manager) return true;
  return [value.clusters, value.listeners].some(list => Array.isArray(list)
    && list.some(item => asObject(item).load_assignment || asObject(item).connect_timeout || asObject(item).filter_chains));
}
