import { ApiObject, App, Chart } from 'cdk8s';
import { deployment } from './deployment';
import { Cluster, Fleet, Platform, presets, Stage, TrustDomain } from '../src';

/**
 * An app that both writers write.
 */
export interface Scenario {
  /** What the table calls it. */
  readonly title: string;
  /** Whether plain cdk8s ends in bearable time. */
  readonly writtenByCdk8s: 'always' | 'unless quick' | 'never';
  /** Whether a quick run takes part. */
  readonly quick: boolean;
  /** Whether defining constructs is part of the time: a fleet defines them while it is written. */
  readonly countsDefinition?: boolean;
  readonly define: (app: App) => void;
}

const STAGES = [Stage.CRDS, Stage.NAMESPACES, Stage.SPIRE_SERVER, Stage.SPIRE_AGENT, Stage.IDENTITIES, Stage.MESH, Stage.POLICIES, Stage.APPS];
const trustDomain = TrustDomain.of('example.org');

function cluster(name: string): Cluster {
  return Cluster.of({ name, trustDomain });
}

function oneChart(count: number, quick: boolean): Scenario {
  return {
    title: `${label(count)} in one chart`,
    writtenByCdk8s: 'always',
    quick,
    define: (app) => {
      const chart = new Chart(app, 'chart');
      for (let index = 0; index < count; index++) {
        new ApiObject(chart, `o${index}`, deployment(index));
      }
    },
  };
}

function oneObjectPerChart(count: number, writtenByCdk8s: Scenario['writtenByCdk8s'], quick: boolean): Scenario {
  return {
    title: `${label(count)}, one per chart`,
    writtenByCdk8s,
    quick,
    define: (app) => {
      for (let index = 0; index < count; index++) {
        new ApiObject(new Chart(app, `c${index}`), `o${index}`, deployment(index));
      }
    },
  };
}

// ten objects in each of eight charts, each chart after the one before
function chain(charts: number): Scenario {
  return {
    title: `${label(charts * 10)}, ${charts} charts in a chain of dependencies`,
    writtenByCdk8s: 'always',
    quick: true,
    define: (app) => {
      let before: Chart | undefined;
      for (let chartIndex = 0; chartIndex < charts; chartIndex++) {
        const chart = new Chart(app, `c${chartIndex}`);
        for (let index = 0; index < 10; index++) {
          new ApiObject(chart, `o${index}`, deployment(chartIndex * 10 + index));
        }
        if (before) {
          chart.addDependency(before);
        }
        before = chart;
      }
    },
  };
}

function fill(platform: Platform): void {
  STAGES.forEach((stage, stageIndex) => {
    for (let index = 0; index < 3; index++) {
      new ApiObject(platform.chart(stage, 'component'), `o${index}`, deployment(stageIndex * 3 + index));
    }
  });
}

function fleet(count: number, writtenByCdk8s: Scenario['writtenByCdk8s'], quick: boolean): Scenario {
  return {
    title: `${count.toLocaleString('en')} cluster${count === 1 ? '' : 's'} of 24 objects in 8 stages`,
    writtenByCdk8s,
    quick,
    countsDefinition: true,
    define: (app) => {
      new Fleet(app, 'fleet', { clusters: Array.from({ length: count }, (_, index) => cluster(`c${index}`)), definition: { define: fill } });
    },
  };
}

function label(count: number): string {
  return `${count.toLocaleString('en')} objects`;
}

export const SCENARIOS: { readonly [name: string]: Scenario } = {
  'one-chart-100': oneChart(100, true),
  'one-chart-1000': oneChart(1_000, true),
  'one-chart-5000': oneChart(5_000, true),
  'one-chart-10000': oneChart(10_000, false),
  'charts-100': oneObjectPerChart(100, 'always', true),
  'charts-1000': oneObjectPerChart(1_000, 'always', true),
  'charts-5000': oneObjectPerChart(5_000, 'unless quick', true),
  'charts-10000': oneObjectPerChart(10_000, 'never', false),
  'chain-6': chain(6),
  'clusters-1': fleet(1, 'always', true),
  'clusters-10': fleet(10, 'always', true),
  'clusters-100': fleet(100, 'unless quick', true),
  'clusters-1000': fleet(1_000, 'never', false),
  'clusters-3000': fleet(3_000, 'never', false),
  'bookinfo-zero-trust': {
    title: '`bookinfo-zero-trust`',
    writtenByCdk8s: 'always',
    quick: true,
    define: (app) => {
      new presets.BookinfoZeroTrust(app, 'bookinfo', { cluster: cluster('demo') });
    },
  },
};
