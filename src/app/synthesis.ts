import { ApiObject, App, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Artifact, Platform } from '../delivery';
import { chartFiles } from './chart-layout';
import { ConstructTree } from './construct-tree';
import { DependencyOrder } from './dependency-order';
import { groupBy } from './group-by';
import { Manifest, ManifestFile } from './manifest-file';
import { manifestsOf, objectManifests } from './manifests';
import { OutputFolder } from './output-folder';
import { OutputJudge } from './output-judge';
import { render, RenderedFile } from './rendered-file';
import { platformOf, stageFile } from './stage-layout';
import { WrittenFile } from './synthesis-summary';
import { requireStageOrder, requireValid } from './validation';

/**
 * One run over an app: checks constructs, renders them, has the output judged, and writes it to the output folder.
 */
export class Synthesis {
  /**
   * What was written.
   */
  public readonly files: WrittenFile[] = [];

  private readonly resources: Record<string, { readonly path: string }> = {};

  /**
   * @param app says how output is divided into files
   * @param folder takes them
   * @param judge may refuse them
   * @param recordsConstructs whether to write which construct each object comes from
   */
  public constructor(
    private readonly app: App,
    private readonly folder: OutputFolder,
    private readonly judge: OutputJudge,
    private readonly recordsConstructs: boolean,
  ) {}

  /**
   * Writes all that is defined below a construct: a cluster, then the next.
   *
   * Throws, and writes nothing of it, when a validation or a check finds an error or dependencies have a cycle. Where nothing is checked, each file is
   * written and dropped before the next is rendered.
   */
  public add(root: IConstruct): void {
    // first, as validations may define constructs
    requireValid(root);
    const tree = new ConstructTree(root);
    const order = new DependencyOrder(tree);
    const charts = groupBy(order.charts(), platformOf);
    const artifacts = groupBy(tree.constructs.filter(Artifact.isArtifact), Platform.of);
    requireStageOrder(tree, order);

    const plain = this.plainFiles(charts.get(undefined) ?? [], order);
    const clusters = tree.constructs.filter(Platform.isPlatform)
      .map((platform) => this.clusterFiles(platform, charts.get(platform) ?? [], artifacts.get(platform) ?? [], order));
    for (const file of this.judge.isAsked ? this.judged([...plain], clusters.map((files) => [...files])) : chain([plain, ...clusters])) {
      this.write(file);
    }
  }

  /**
   * Removes what an earlier run wrote and this one did not.
   */
  public close(): void {
    if (this.recordsConstructs) {
      this.folder.write('construct-metadata.json', JSON.stringify({ version: '1.0.0', resources: this.resources }));
    }
    this.folder.close();
    this.files.sort((a, b) => a.path < b.path ? -1 : 1);
  }

  private *plainFiles(charts: Chart[], order: DependencyOrder): Generator<RenderedFile> {
    const manifests = {
      ofChart: (chart: Chart) => this.manifests(chart, order),
      ofObjects: (chart: Chart) => objectManifests(chart, this.objects(chart, order)),
    };
    for (const file of chartFiles(this.app, charts, order.hasDependencyAmong(new Set(charts)), manifests)) {
      yield this.render(file);
    }
  }

  private *clusterFiles(platform: Platform, charts: Chart[], artifacts: Artifact[], order: DependencyOrder): Generator<RenderedFile> {
    for (const chart of charts) {
      const file = this.render({ path: stageFile(chart, platform, this.app.outputFileExtension), manifests: this.manifests(chart, order) });
      if (file.kinds.length > 0) {
        yield file;
      }
    }
    for (const artifact of artifacts) {
      yield artifactFile(artifact, platform);
    }
  }

  // nothing is written before all of it was judged
  private judged(plain: RenderedFile[], clusters: RenderedFile[][]): RenderedFile[] {
    this.judge.check(plain, clusters);
    return [plain, ...clusters].flat();
  }

  private manifests(chart: Chart, order: DependencyOrder): Iterable<Manifest> {
    return manifestsOf(chart, this.objects(chart, order));
  }

  private objects(chart: Chart, order: DependencyOrder): ApiObject[] {
    const objects = order.objects(chart);
    for (const object of this.recordsConstructs ? objects : []) {
      this.resources[object.name] = { path: object.node.path };
    }
    return objects;
  }

  private render(file: ManifestFile): RenderedFile {
    return render(file, this.judge.isAsked);
  }

  private write({ text, manifests, ...file }: RenderedFile): void {
    this.folder.write(file.path, text);
    this.files.push(file);
  }
}

function* chain<T>(lists: Iterable<T>[]): Generator<T> {
  for (const list of lists) {
    yield* list;
  }
}

function artifactFile(artifact: Artifact, platform: Platform): RenderedFile {
  const { fileName, purpose } = artifact;
  return { path: `${platform.cluster.name}/artifacts/${fileName}`, kinds: [], purpose, text: artifact.render(), manifests: [] };
}
