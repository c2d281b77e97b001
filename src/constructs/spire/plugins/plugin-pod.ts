import { PluginProgram } from './plugin-program';
import { SpireVersion } from '../../../cluster';
import { HclEnvironmentVariable } from '../../../formats/hcl';
import { requireProps } from '../../../identity/require-props';
import { RESTRICTED_CONTAINER } from '../../pod-security';
import { PolicyRule } from '../../rbac';
import { CloudIdentity } from '../cloud-identity';
import { FileRef } from '../file-ref';
import { PodNetwork } from '../network/pod-network';
import { SecretRef } from '../secret-ref';

/**
 * Whose pod it is, and where its files are.
 */
export interface PluginPodOptions {
  readonly owner: 'server' | 'agent';
  readonly version: SpireVersion;

  /**
   * Whom the pod calls and who calls it.
   */
  readonly network: PodNetwork;

  /**
   * The identity that the pod has in a cloud.
   */
  readonly cloudIdentity?: CloudIdentity;

  /**
   * The directory of the ConfigMap with the configuration.
   */
  readonly configDir: string;

  /**
   * The directory below which Secrets, ConfigMaps and tokens are mounted.
   */
  readonly filesDir: string;
}

/**
 * What plugins need around them in the pod of a server or an agent, gathered while the configuration is written.
 */
export class PluginPod {
  public readonly env: object[] = [];
  public readonly envFrom: object[] = [];
  public readonly ports: object[] = [];
  public readonly volumes: { readonly name: string; readonly [source: string]: unknown }[] = [];
  public readonly volumeMounts: { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[] = [];
  public readonly initContainers: object[] = [];
  public readonly clusterRules: PolicyRule[] = [];
  public readonly namespaceRules: { readonly namespace: string; readonly rules: PolicyRule[] }[] = [];

  /**
   * Files of the ConfigMap beside the configuration.
   */
  public readonly texts: { [file: string]: string } = {};

  /**
   * Whether a device of the node is used, which takes a privileged container.
   */
  public privileged = false;

  /**
   * The directory of the node in which the agent keeps its keys.
   */
  public hostDataDir?: string;

  private readonly keys = new Map<string, Set<string>>();
  private readonly volumeNames = new Map<string, string>();

  public constructor(public readonly options: PluginPodOptions) {}

  /**
   * Whom the pod calls and who calls it.
   */
  public get network(): PodNetwork {
    return this.options.network;
  }

  /**
   * The path of a file in the container; mounts what it comes from. A text gets this name.
   */
  public file(ref: FileRef, textName: string): string;
  public file(ref: FileRef | undefined, textName: string): string | undefined;
  public file(ref: FileRef | undefined, textName: string): string | undefined {
    if (!ref) {
      return undefined;
    }
    requireProps('the plugin', { [`file ${textName}`.trim()]: ref }, { [`file ${textName}`.trim()]: 'FileRef' });
    const source = ref._source();
    switch (source.kind) {
      case 'path':
        return source.path;
      case 'host':
        return this.hostFile(source.path);
      case 'text':
        this.texts[textName] = source.text;
        return `${this.options.configDir}/${textName}`;
      default:
        return this.mountedKey(source);
    }
  }

  /**
   * A variable of the configuration file that comes from a Secret.
   */
  public secret(variable: string, secret: SecretRef, key: string): HclEnvironmentVariable {
    this.env.push({ name: variable, valueFrom: { secretKeyRef: { name: secret.name, key } } });
    return new HclEnvironmentVariable(variable);
  }

  /**
   * A variable of the process.
   */
  public variable(name: string, source: object): void {
    this.env.push({ name, ...source });
  }

  /**
   * The path of a projected service account token.
   */
  public token(name: string, directory: string, file: string, audience: string, expirationSeconds: number): string {
    this.volumes.push({ name, projected: { sources: [{ serviceAccountToken: { audience, expirationSeconds, path: file } }] } });
    this.volumeMounts.push({ name, mountPath: directory, readOnly: true });
    return `${directory}/${file}`;
  }

  /**
   * Mounts a directory or device of the node at the same path.
   */
  public host(name: string, path: string, type: string, readOnly: boolean): void {
    if (this.options.owner === 'server') {
      throw new Error(`'${path}' of the node cannot be mounted into the server, whose namespace admits no host paths: `
        + 'use FileRef.secret(...) or FileRef.configMap(...)');
    }
    this.volumes.push({ name, hostPath: { path, type } });
    this.volumeMounts.push({ name, mountPath: path, ...(readOnly ? { readOnly } : {}) });
  }

  /**
   * Refuses what the release of SPIRE does not have.
   */
  public requireVersion(what: string, since: string): void {
    const { version } = this.options;
    if (!version.isAtLeast(since)) {
      throw new Error(`${what} needs SPIRE ${since}, this is ${version}: raise the version, or leave it out`);
    }
  }

  /**
   * The program of a plugin and what it needs.
   */
  public run(name: string, program: PluginProgram): void {
    const { path, environment, secretEnvironment, image, imageCommand } = program._props();
    Object.entries(environment ?? {}).forEach(([variable, value]) => this.env.push({ name: variable, value }));
    if (secretEnvironment) {
      this.envFrom.push({ secretRef: { name: secretEnvironment.name } });
    }
    if (image !== undefined) {
      const volume = `plugin-${slug(name)}`;
      const mountPath = path.slice(0, path.lastIndexOf('/'));
      this.volumes.push({ name: volume, emptyDir: {} });
      this.volumeMounts.push({ name: volume, mountPath, readOnly: true });
      // it runs in a restricted namespace too
      const command = imageCommand ? { command: imageCommand } : {};
      const volumeMounts = [{ name: volume, mountPath }];
      this.initContainers.push({ name: volume, image, ...command, securityContext: RESTRICTED_CONTAINER, volumeMounts });
    }
  }

  private hostFile(path: string): string {
    const name = `host${slug(path)}`;
    if (!this.volumes.some((volume) => volume.name === name)) {
      this.host(name, path, 'File', true);
    }
    return path;
  }

  /**
   * Names that differ in dots only would give the same volume: the later one gets a number.
   */
  private volumeName(wanted: string, source: string): string {
    for (let number = 1; ; number++) {
      const name = number === 1 ? wanted : `${wanted}-${number}`;
      const owner = this.volumeNames.get(name) ?? source;
      if (owner === source) {
        this.volumeNames.set(name, source);
        return name;
      }
    }
  }

  private mountedKey(source: { readonly kind: 'secret' | 'config-map'; readonly name: string; readonly key: string }): string {
    const name = this.volumeName(`${source.kind}-${slug(source.name)}`, source.name);
    const mountPath = `${this.options.filesDir}/${source.kind}s/${source.name}`;
    const known = this.keys.get(name);
    if (known) {
      known.add(source.key);
    } else {
      const keys = new Set([source.key]);
      this.keys.set(name, keys);
      const items = () => [...keys].sort().map((key) => ({ key, path: key }));
      this.volumes.push(source.kind === 'secret'
        ? { name, secret: { secretName: source.name, defaultMode: 0o440, get items() { return items(); } } }
        : { name, configMap: { name: source.name, get items() { return items(); } } });
      this.volumeMounts.push({ name, mountPath, readOnly: true });
    }
    return `${mountPath}/${source.key}`;
  }
}

/**
 * A name as Kubernetes takes it for volumes: at most 63 characters with its prefix.
 */
function slug(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/-+$/, '').slice(-50).replace(/^-(?=-)/, '');
}
