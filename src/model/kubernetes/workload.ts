import { commandWords } from './command-words';
import { plainVolume } from './plain-volume';
import { Json, Manifest, Path, WHOLE, asObject, asObjects, asRecord, asText, asTexts } from '../manifest';

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
  AutoscalingRunnerSet: ['spec', 'template'],
};

/** A container of a pod and where it stands. */
export class Container {
  public readonly name: string;
  public readonly image: string;
  /** Whether variables come from other objects. */
  public readonly takesVariables: boolean;
  /** Whether it ends before the others start: what restarts always goes on beside them. */
  public readonly init: boolean;
  private list?: string[];
  private json?: string;

  constructor(public readonly value: Json, isFirst: boolean, private readonly parent: Path, private readonly index: number) {
    this.init = isFirst && value.restartPolicy !== 'Always';
    this.name = asText(value.name);
    this.image = asText(value.image);
    this.takesVariables = value.envFrom !== undefined || asObjects(value.env).some(({ valueFrom }) => valueFrom !== undefined);
  }

  public get path(): Path {
    return [...this.parent, this.index];
  }

  /** Command and arguments as one list. */
  public get args(): string[] {
    return this.list ??= [...asTexts(this.value.command), ...asTexts(this.value.args)];
  }

  /** The same as the words of the program that a shell is told to run. */
  public get words(): readonly string[] {
    return commandWords(this.args);
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
    if (!path || !['', 'apps', 'batch', 'argoproj.io', 'actions.github.com'].includes(manifest.group)) return undefined;
    return new Workload(manifest, path.reduce((value: Json, step) => asObject(asObject(value)[step]), manifest.value), path);
  }

  /** Command and arguments of a container as one list. */
  public static args(container: Container): string[] {
    return container.args;
  }

  public readonly name: string;
  public readonly namespace: string;
  public readonly labels: Record<string, string>;
  public readonly annotations: Record<string, string>;
  public readonly pod: Json;
  public readonly serviceAccount: string;
  public readonly volumes: Json[];
  /** All containers, those of initialization first. */
  public readonly containers: Container[];

  private constructor(public readonly manifest: Manifest, public readonly template: Json, public readonly path: Path) {
    // asked for by nearly every rule, so they are looked up once
    const { labels, annotations } = asObject(template.metadata);
    this.name = manifest.name;
    this.namespace = manifest.namespace;
    this.labels = labelsOf(manifest, asRecord(labels));
    this.annotations = asRecord(annotations);
    this.pod = asObject(template.spec);
    this.serviceAccount = asText(this.pod.serviceAccountName) || asText(this.pod.serviceAccount) || 'default';
    this.volumes = asObjects(this.pod.volumes).map(plainVolume);
    this.containers = this.list('initContainers', true).concat(this.list('containers', false));
  }

  /** How many pods there may be; a DaemonSet has one a node. */
  public get replicas(): number {
    return this.manifest.kind === 'DaemonSet' ? Infinity : typeof this.manifest.spec.replicas === 'number' ? this.manifest.spec.replicas : 1;
  }

  public volume(name: string): Json | undefined {
    return this.volumes.find(volume => volume.name === name);
  }

  /** The path of something in the pod template. */
  public at(...path: (string | number)[]): Path {
    return [...this.path, ...path];
  }

  private list(field: string, isFirst: boolean): Container[] {
    const values = asObjects(this.pod[field]);
    const path = values.length > 0 ? this.at('spec', field) : WHOLE;
    return values.map((value, i) => new Container(value, isFirst, path, i));
  }
}

/** The labels of pods: the controller of GitHub's runners gives some to theirs. */
function labelsOf({ kind, name, namespace }: Manifest, labels: Record<string, string>): Record<string, string> {
  if (kind !== 'AutoscalingRunnerSet') return labels;
  return {
    'actions.github.com/scale-set-name': name,
    'actions.github.com/scale-set-namespace': namespace,
    'app.kubernetes.io/component': 'runner',
    'app.kubernetes.io/part-of': 'gha-runner-scale-set',
    ...labels,
  };
}
