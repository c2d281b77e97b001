import { relative } from 'node:path';
import { App, Chart } from 'cdk8s';
import { ConstructTree } from './construct-tree';
import { DependencyOrder } from './dependency-order';
import { Fleet } from './fleet';
import { GitOpsAppProps } from './gitops-app-props';
import { manifestsOf, manifestText } from './manifests';
import { OutputChecks } from './output-checks';
import { OutputFolder } from './output-folder';
import { OutputJudge } from './output-judge';
import { Synthesis } from './synthesis';
import { SynthesisSummary } from './synthesis-summary';
import { requireValid } from './validation';
import { requireProps } from '../identity/require-props';

/**
 * An app whose output goes to Git: `dist/<cluster>/<NN-stage>/<component>.k8s.yaml`, and `dist/<cluster>/artifacts/` beside it.
 *
 * A run with no change writes the same bytes; the file of a removed object goes away; files of others stay. Files of another
 * app of the same program stay, too, until a program runs without that app. Charts that are in no platform are written where a cdk8s `App` writes them, with the same bytes, in time that grows with
 * the number of objects.
 */
export class GitOpsApp extends App {
  private readonly recordsConstructs: boolean;
  private readonly checks: OutputChecks;
  private latest?: SynthesisSummary;

  public constructor(props: GitOpsAppProps = {}) {
    super(props);
    requireProps('GitOpsApp', props, { outdir: 'text?', checks: 'text?' });
    requireFolder(this.outdir);
    this.checks = props.checks ?? OutputChecks.STOP_AT_ERRORS;
    requireKnown(this.checks);
    this.recordsConstructs = props.recordConstructMetadata ?? process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true';
    Fleet._leaveToSynthesis(this);
  }

  /**
   * What the latest synthesis wrote; its text is made for people.
   *
   * Throws before the first synthesis.
   */
  public get summary(): SynthesisSummary {
    if (!this.latest) {
      throw new Error('nothing is synthesized yet: call synth() first');
    }
    return this.latest;
  }

  /**
   * All charts, each after those that it depends on.
   *
   * Throws when the dependencies have a cycle, with its paths.
   */
  public get charts(): Chart[] {
    return new DependencyOrder(new ConstructTree(this)).charts();
  }

  /**
   * Writes all manifests and artifacts to the output folder.
   *
   * Throws, and writes nothing, when something in the app is not valid, or the checks find an error in what would be written. The clusters of a `Fleet` are defined, checked and written one after the
   * other: when one of them is not valid, those before it are written and those after it are as they were.
   */
  public synth(): void {
    const folder = new OutputFolder(this.outdir, this);
    const judge = new OutputJudge(this.checks);
    const synthesis = new Synthesis(this, folder, judge, this.recordsConstructs);
    try {
      synthesis.add(this);
      for (const fleet of this.node.findAll().filter(Fleet.isFleet)) {
        fleet._defineEach((platform) => synthesis.add(platform));
      }
      synthesis.close();
    } catch (error) {
      folder.abandon();
      throw error;
    }
    this.latest = new SynthesisSummary(relative(process.cwd(), this.outdir) || '.', synthesis.files, judge.result);
  }

  /**
   * All manifests in one YAML text; those of a `Fleet` are not in it.
   *
   * Throws when something in the app is not valid.
   */
  public synthYaml(): string {
    requireValid(this);
    const tree = new ConstructTree(this);
    const order = new DependencyOrder(tree);
    const texts: string[] = [];
    for (const chart of order.charts()) {
      for (const manifest of manifestsOf(chart, order.objects(chart))) {
        texts.push(manifestText(manifest));
      }
    }
    return texts.join('---\n');
  }
}

function requireFolder(outdir: string): void {
  if (outdir === '') {
    throw new Error("outdir is empty: give a folder such as 'dist', or leave it and the variable CDK8S_OUTDIR out");
  }
}

function requireKnown(checks: OutputChecks): void {
  const known: string[] = Object.values(OutputChecks);
  if (!known.includes(checks)) {
    throw new Error(`checks '${checks}' of GitOpsApp is unknown: use one of ${known.join(', ')}`);
  }
}
