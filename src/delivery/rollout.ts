import { programList } from './programs';
import { Stage } from './stage';
import { requireProps } from '../identity/require-props';

/**
 * A command of the roll-out and what it should answer.
 */
export interface RolloutStep {
  /**
   * Why the command is run, as a short sentence without a period.
   */
  readonly purpose: string;

  /**
   * The command, run in the folder of the cluster's manifests.
   */
  readonly command: string;

  /**
   * What the command should answer.
   *
   * @default - nothing in particular: its exit code says whether it went well
   */
  readonly expected?: string;
}

interface StageSteps {
  readonly before: RolloutStep[];
  readonly after: RolloutStep[];
}

/**
 * The commands that roll out a cluster stage by stage, each with its check.
 */
export class Rollout {
  private readonly stages = new Map<string, StageSteps>();
  private readonly releases = new Map<string, string>();

  /**
   * Adds a command that has to run before the manifests of a stage are applied.
   */
  public before(stage: Stage, step: RolloutStep): void {
    requireStep(step);
    this.steps(stage).before.push(step);
  }

  /**
   * Adds a command that shows whether a stage went well.
   */
  public after(stage: Stage, step: RolloutStep): void {
    requireStep(step);
    this.steps(stage).after.push(step);
  }

  /**
   * Says which releases of a program the commands are for, where that depends on what is rolled out.
   */
  public requireRelease(program: string, releases: string): void {
    this.releases.set(program, releases);
  }

  /**
   * The commands as a Markdown page.
   *
   * @param cluster the name of the cluster
   * @param folders the folders of the stages that hold manifests
   */
  public render(cluster: string, folders: string[]): string {
    const all = [...new Set([...folders, ...this.stages.keys()])].sort()
      .map((folder) => ({ folder, steps: this.stepsOf(folder, folders.includes(folder)) }));
    const programs = programList(all.flatMap(({ steps }) => steps.map(({ command }) => command)), this.releases);
    return [
      `# Roll out and verify ${cluster}`,
      '',
      "Run each command in the folder that holds the stages, with kubectl's current context set to this cluster. Go on when the answer is as it should be.",
      ...(programs.length > 0 ? ['', 'The commands take these programs, beside what every Unix has:', '', ...programs] : []),
      ...all.flatMap(({ folder, steps }) => ['', `## ${folder}`, ...steps.flatMap(render)]),
      '',
    ].join('\n');
  }

  private stepsOf(folder: string, hasManifests: boolean): RolloutStep[] {
    const { before, after } = this.stages.get(folder) ?? { before: [], after: [] };
    const apply = { purpose: 'Apply the manifests', command: `kubectl apply --server-side -f ${folder}/` };
    return [...before, ...(hasManifests ? [apply] : []), ...after];
  }

  private steps(stage: Stage): StageSteps {
    const steps = this.stages.get(stage.folder) ?? { before: [], after: [] };
    this.stages.set(stage.folder, steps);
    return steps;
  }
}

function requireStep(step: RolloutStep): void {
  requireProps('a step of the roll-out', step, { purpose: 'text', command: 'text', expected: 'text?' });
  const empty = [step.purpose, step.command].findIndex((text) => text.trim() === '');
  if (empty >= 0) {
    throw new Error(`a step of the roll-out has an empty ${['purpose', 'command'][empty]}: say why it is run, and what`);
  }
}

function render(step: RolloutStep): string[] {
  return ['', `${step.purpose}:`, '', '```sh', step.command, '```', ...(step.expected ? ['', 'Expect:', '', '```text', step.expected, '```'] : [])];
}
