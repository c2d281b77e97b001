import { Json, Manifest, Path, asObject, asObjects, asRecord, asText, asTexts } from '../manifest';

/** Where the pod template of a kind is. */
const TEMPLATES: Record<string, Path> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Rollout: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** A container of a pod and where it stands. */
export class Container {
  public readonly name: string;
  public readonly image: string;
  private list?: string[];
  private json?: string;

  constructor(public readonly value: Json, public readonly init: boolean, private readonly parent: Path, private readonly index: number) {
    this.name = asText(value.name);
    this.image = asText(value.image);
  }

  public get path(): Path {
    return [...this.parent, this.index];
  }

  /** Where the item of command or arguments stands that matches; the container itself where none does. */
  public placeOf(text: RegExp): Path {
    for (const field of ['args', 'command']) {
      const at = asTexts(this.value[field]).findIndex(item => text.test(item));
      if (at >= 0) return [...this.path, field, at];
    }
    return this.path;
  }

  /** Command and arguments as one list. */
  public get args(): string[] {
    return this.list ??= [...asTexts(this.value.command), ...asTexts(this.value.args)];
  }

  /** Command and arguments as JSON, for rules that look for a program in them. */
  public get script(): string {
    return this.json ??= JSON.stringify([this.value.command ?? [], this.value.args ?? []]);
  }
}

/** An object that makes pods. */
export class Workload {
  public static of(manifest: Manifest): Workload | undefined {
    const path = Object.prototype.hasOwnProperty.call(TEMPLATES, manifest.kind) ? TEMPLATES[manifest.kind] : undefined;
    if (!path || !['', 'apps', 'batch', 'argoproj.io'].includes(manifest.group)) return undefined;
    return new Workload(manifest, path.reduce((value: Json, step) => asObject(asObject(value)[step]), manifest.value), path);
  }

  /** Command and arguments of a container as one list. */
  public static args(container: Container): string[] {
    return container.args;
  }

  private known: { containers?: Container[]; volumes?: Json[]; labels?: Record<string, string>; annotations?: Record<string, string> } = {};

  private constructor(public readonly manifest: Manifest, public readonly template: Json, public readonly path: Path) {}

  /** All containers, those of initialization first. */
  public get containers(): Container[] {
    return this.known.containers ??= [...this.list('initContainers', true), ...this.list('containers', false)];
  }

  public get labels(): Record<string, string> {
    return this.known.labels ??= asRecord(asObject(this.template.metadata).labels);
  }

  public get annotations(): Record<string, string> {
    return this.known.annotations ??= asRecord(asObject(this.template.metadata).annotations);
  }

  public get name(): string {
    return this.manifest.name;
  }

  public get namespace(): string {
    return this.manifest.namespace;
  }

  public get pod(): Json {
    return asObject(this.template.spec);
  }

  public get serviceAccount(): string {
    return asText(this.pod.serviceAccountName) || asText(this.pod.serviceAccount) || 'default';
  }

  /** How many pods there may be; a DaemonSet has one a node. */
  public get replicas(): number {
    return this.manifest.kind === 'DaemonSet' ? Infinity : typeof this.manifest.spec.replicas === 'number' ? this.manifest.spec.replicas : 1;
  }

  public get volumes(): Json[] {
    return this.known.volumes ??= asObjects(this.pod.volumes);
  }

  public volume(name: string): Json | undefined {
    return this.volumes.find(volume => volume.name === name);
  }

  /** The path of something in the pod template. */
  public at(...path: (string | number)[]): Path {
    return [...this.path, ...path];
  }

  private list(field: string, init: boolean): Container[] {
    const path = this.at('spec', field);
    return asObjects(this.pod[field]).map((value, i) => new Container(value, init, path, i));
  }
}
