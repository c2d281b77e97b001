import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, AppProps, Chart, IResolver, JsonPatch, Lazy, ResolutionContext, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { filesIn, outputOf, withFolder } from './output';
import { Artifact, Cluster, GitOpsApp, OutputChecks, Platform, Stage, TrustDomain } from '../../src';
import { nastyDocument } from '../formats/yaml/nasty';

const RUNS = Number(process.env.FUZZ_RUNS ?? 80);

/** An app whose objects need not be such as an API server takes. */
class Unchecked extends GitOpsApp {
  constructor(props: AppProps = {}) {
    super({ ...props, checks: OutputChecks.OFF });
  }
}

function configMap(scope: Construct, id: string, data: any = { key: id }): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', data } as any);
}

function cluster(name: string): Cluster {
  return Cluster.of({ name, trustDomain: TrustDomain.of('example.org') });
}

function withEnvironment<T>(name: string, value: string, use: () => T): T {
  process.env[name] = value;
  try {
    return use();
  } finally {
    delete process.env[name];
  }
}

function expectSameAsCdk8s(define: (app: App) => void, props: AppProps = {}): Record<string, string> {
  const expected = outputOf(App, define, props);
  expect(outputOf(Unchecked, define, props)).toEqual(expected);
  expect(textOf(new Unchecked(props), define)).toBe(textOf(new App(props), define));
  return expected;
}

function textOf(app: App, define: (app: App) => void): string {
  define(app);
  return app.synthYaml();
}

function outcome(use: () => string): string {
  try {
    return use();
  } catch (error) {
    return String(error);
  }
}

describe('charts that are in no platform are written as by a cdk8s App', () => {
  const two = (app: App) => ['one', 'Two_2'].forEach((id) => {
    const chart = new Chart(app, id, { namespace: 'team', labels: { team: id } });
    configMap(chart, 'first', { text: 'server {\n  a = "b"\n}\n', word: 'on' });
    configMap(chart, 'second');
  });

  test.each(Object.values(YamlOutputType).filter((type) => typeof type === 'number'))('with output type %s', (yamlOutputType) => {
    expectSameAsCdk8s(two, { yamlOutputType });
  });

  test('with another extension, with construct metadata, with an empty chart, with no chart', () => {
    expectSameAsCdk8s(two, { outputFileExtension: '.yml', recordConstructMetadata: true });
    withEnvironment('CDK8S_RECORD_CONSTRUCT_METADATA', 'true', () => expectSameAsCdk8s(two));
    expect(expectSameAsCdk8s((app) => new Chart(app, 'empty'))).toEqual({ 'empty.k8s.yaml': '' });
    expect(expectSameAsCdk8s(() => undefined, { yamlOutputType: YamlOutputType.FILE_PER_APP })).toEqual({});
  });

  test('with names that say the order, when charts depend on each other or hold each other', () => {
    const files = expectSameAsCdk8s((app) => {
      const [first, second] = [new Chart(app, 'first'), new Chart(app, 'second')];
      first.addDependency(second);
      configMap(new Chart(first, 'inner'), 'a');
    });
    expect(Object.keys(files).map((name) => name.slice(0, 10))).toEqual(['0000-secon', '0001-first', '0002-first']);
  });

  test('with CDK8S_DISABLE_SORT, with CDK8S_OUTDIR', () => {
    const unsorted = (app: App) => configMap(new Chart(app, 'c'), 'm', { z: 'a', a: { y: 1, b: [{ x: 1, a: 2 }] } });
    const sorted = outputOf(Unchecked, unsorted);
    withEnvironment('CDK8S_DISABLE_SORT', '1', () => expect(expectSameAsCdk8s(unsorted)).not.toEqual(sorted));
    withFolder((outdir) => withEnvironment('CDK8S_OUTDIR', outdir, () => {
      const app = new Unchecked();
      unsorted(app);
      app.synth();
      expect(filesIn(outdir)).toEqual(sorted);
    }));
  });

  test('with Lazy values, tokens, unions, patches, nulls, empty collections and metadata of all kinds', () => {
    class Port {
      public constructor(public readonly value: number | string) {}
    }
    expectSameAsCdk8s((app) => {
      const chart = new Chart(app, 'chart');
      const order: string[] = [];
      const object = new ApiObject(chart, 'object', {
        apiVersion: 'example.org/v1',
        kind: 'Thing',
        metadata: { name: 'thing', annotations: { late: Lazy.any({ produce: () => 'later' }) }, finalizers: [], labels: {} },
        spec: {
          lazy: Lazy.any({ produce: () => ({ inner: Lazy.any({ produce: () => order }) }) }),
          token: { resolve: () => ({ resolved: true }) },
          nothing: null,
          missing: undefined,
          empty: {},
          none: [],
          holes: [null, undefined, [], {}],
          nested: { nothing: null },
          numbers: [1, 0.5, -1],
        },
      } as any);
      order.push('b', 'a');
      object.metadata.addLabel('on', 'yes');
      object.metadata.add('generation', 3);
      const patched = configMap(chart, 'patched');
      patched.addJsonPatch(JsonPatch.add('/data/added', { z: 1, a: [null] }), JsonPatch.remove('/data/key'), JsonPatch.copy('/data/added', '/data/copied'));
      const shared = { z: 1, a: 2 };
      configMap(chart, 'shared', { one: shared, two: shared });
      configMap(chart, 'union', { port: new Port(80) });
      configMap(chart, 'own', { constructor: undefined, value: 'a', inner: { value: 1, length: 2 } });
    });
  });

  test('with resolvers of the user, which see each value', () => {
    class Upper implements IResolver {
      public resolve(context: ResolutionContext): void {
        if (typeof context.value === 'string' && context.key[0] === 'data' && context.value !== context.value.toUpperCase()) {
          context.replaceValue(context.value.toUpperCase());
        }
      }
    }
    const files = expectSameAsCdk8s(two, { resolvers: [new Upper()] });
    expect(files['one.k8s.yaml']).toContain('word: "ON"');
  });

  test('with cdk8s-plus objects, and with charts and objects that render themselves', () => {
    class OwnObject extends ApiObject {
      public toJson(): any {
        const labels = { shared: 'yes' };
        return { ...super.toJson(), labels, more: { labels } };
      }
    }
    class OwnChart extends Chart {
      public toJson(): any[] {
        return [...super.toJson(), { kind: 'Extra', metadata: { name: 'extra' } }];
      }
    }
    expectSameAsCdk8s((app) => {
      const chart = new Chart(app, 'plus');
      const deployment = new kplus.Deployment(chart, 'web', { containers: [{ image: 'nginx:1.27', portNumber: 80 }] });
      deployment.exposeViaService();
      new kplus.ConfigMap(chart, 'config', { data: { 'a.yaml': 'a: 1\nb:\n  - c\n' } });
      new OwnObject(chart, 'own', { apiVersion: 'v1', kind: 'Own' });
      configMap(new OwnChart(app, 'own'), 'a');
    });
  });

  test.each([YamlOutputType.FILE_PER_CHART, YamlOutputType.FILE_PER_RESOURCE, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE])(
    'with a chart that renders itself and patches of kind and name, output type %s', (yamlOutputType) => {
      class OwnChart extends Chart {
        public toJson(): any[] {
          return [undefined, { kind: 'Extra', metadata: { name: 'extra' } }];
        }
      }
      expectSameAsCdk8s((app) => {
        configMap(new OwnChart(app, 'own'), 'a');
        configMap(new Chart(app, 'patched'), 'b').addJsonPatch(JsonPatch.replace('/kind', 'Other'), JsonPatch.replace('/metadata/name', 'other'));
      }, { yamlOutputType });
    });

  test('with what a validation defines', () => {
    expectSameAsCdk8s((app) => {
      const chart = new Chart(app, 'chart');
      configMap(chart, 'first');
      chart.node.addValidation({
        validate: () => {
          if (!app.node.tryFindChild('late')) {
            configMap(chart, 'second');
            configMap(new Chart(app, 'late'), 'third');
          }
          return [];
        },
      });
    });
  });

  test(`for ${RUNS} objects of nasty values`, () => {
    fc.assert(fc.property(nastyDocument, (spec) => {
      const define = (app: App) => new ApiObject(new Chart(app, 'c'), 'o', { apiVersion: 'v1', kind: 'K', spec } as any);
      expect(outcome(() => textOf(new GitOpsApp(), define))).toBe(outcome(() => textOf(new App(), define)));
    }), { numRuns: RUNS });
  }, 3_600_000);
});

describe('what cannot be written', () => {
  test('fails for an empty output folder, which would be the root of the disk', () => {
    expect(() => new GitOpsApp({ outdir: '' })).toThrow("outdir is empty: give a folder such as 'dist'");
    withEnvironment('CDK8S_OUTDIR', '', () => expect(() => new GitOpsApp()).toThrow('CDK8S_OUTDIR'));
  });

  test('fails for checks that are not known', () => {
    expect(() => new GitOpsApp({ checks: 'none' as any })).toThrow("checks 'none' of GitOpsApp is unknown: use one of stop-at-errors, report, off");
  });

  const fill = (data: any) => (app: App) => configMap(new Chart(app, 'chart'), 'map', data);
  const message = (define: (app: App) => void, type: typeof App = GitOpsApp) => outcome(() => JSON.stringify(outputOf(type, define)));

  test('fails for a class instance, in the words of cdk8s', () => {
    const define = fill({ map: new Map() });
    expect(message(define)).toContain("Failed serializing construct at path 'chart/map' with name 'chart-map-");
    expect(message(define)).toContain("can't render non-simple object of type 'Map'");
    expect(message(define)).toBe(message(define, App));
  });

  test('fails for an object that contains itself, in the words of cdk8s', () => {
    const cycle: any = {};
    cycle.cycle = cycle;
    expect(message(fill(cycle))).toBe(message(fill(cycle), App));
    expect(message(fill(cycle))).toContain("Failed serializing construct at path 'chart/map'");
  });

  test('fails for a function, with the path of the construct that cdk8s does not tell', () => {
    const define = fill({ run: () => 1 });
    expect(message(define, App)).toBe('Error: Tag not resolved for Function value');
    expect(message(define)).toMatch(/^Error: Failed serializing construct at path 'chart\/map' with name 'chart-map-\w+': Error: Tag not resolved for Function value$/);
  });

  test('fails for a validation error, in the words of cdk8s, and leaves the output as it is', () => {
    const define = (app: App) => {
      configMap(new Chart(app, 'chart'), 'map').node.addValidation({ validate: () => ['no good'] });
    };
    expect(message(define)).toBe(message(define, App));
    withFolder((outdir) => {
      writeFileSync(join(outdir, 'mine.txt'), 'mine');
      const app = new GitOpsApp({ outdir });
      define(app);
      expect(() => app.synth()).toThrow('Validation failed with the following errors:\n  [chart/map] no good');
      expect(filesIn(outdir)).toEqual({ 'mine.txt': 'mine' });
    });
  });

  test('fails for a cycle of dependencies, with its paths', () => {
    const define = (app: App) => {
      const [a, b, c] = ['a', 'b', 'c'].map((id) => configMap(new Chart(app, id), 'map'));
      a.addDependency(b);
      b.addDependency(c);
      c.addDependency(a);
    };
    expect(message(define)).toMatch(/^Error: Dependency cycle detected: \w(\/map)? => \w(\/map)? => \w(\/map)? => \w(\/map)?$/);
    expect(message((app) => configMap(new Chart(app, 'a'), 'map').addDependency(app.node.findAll()[2]))).toBe('Error: Dependency cycle detected: a/map => a/map');
  });
});

describe('each is visited once', () => {
  test('along a chain of charts that takes cdk8s hours', () => {
    const app = new GitOpsApp();
    const charts = Array.from({ length: 200 }, (_, index) => new Chart(app, `c${index}`));
    charts.forEach((chart, index) => Array.from({ length: 10 }, (_, object) => configMap(chart, `o${object}`, { index })));
    charts.slice(1).forEach((chart, index) => chart.addDependency(charts[index]));
    // a walk along every path would not end
    expect(app.synthYaml().split('---\n')).toHaveLength(2000);
    expect(app.charts).toEqual(charts);
  });

  test('along a chain of objects that is longer than the call stack', () => {
    const chart = new Chart(new GitOpsApp(), 'c');
    const objects = Array.from({ length: 20_000 }, (_, index) => configMap(chart, `o${index}`));
    objects.slice(1).forEach((object, index) => objects[index].addDependency(object));
    expect((chart.node.root as GitOpsApp).synthYaml().indexOf('key: o19999')).toBeLessThan(200);
  });
});

describe('platforms', () => {
  const manifestsIn = (files: Record<string, string>) => Object.keys(files).filter((path) => path.endsWith('.k8s.yaml')).map((path) => files[path]);

  test('are written in stages with sync waves, whatever the output type', () => {
    const files = outputOf(Unchecked, (app) => {
      const platform = new Platform(app, 'prod', { cluster: cluster('prod-eu') });
      const chart = platform.chart(Stage.SPIRE_SERVER, 'spire-server');
      configMap(chart, 'config');
      configMap(chart, 'waved').metadata.addAnnotation('argocd.argoproj.io/sync-wave', '99');
      configMap(new Chart(chart, 'inner'), 'a');
      platform.chart(Stage.MESH, 'empty');
      configMap(new Chart(platform, 'of_others'), 'b');
      new Artifact(platform, 'values', { fileName: 'values.yaml', purpose: 'for Helm', content: { render: () => 'a: 1\n' } });
    }, { yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
    expect(Object.keys(files)).toEqual([
      'prod-eu/20-spire-server/spire-server-inner.k8s.yaml',
      'prod-eu/20-spire-server/spire-server.k8s.yaml',
      'prod-eu/80-apps/of_others.k8s.yaml',
      'prod-eu/artifacts/VERIFY.md',
      'prod-eu/artifacts/values.yaml',
    ]);
    expect(Object.values(files).map((text) => text.match(/sync-wave: .*/g))).toEqual([['sync-wave: "-5"'], ['sync-wave: "-5"', 'sync-wave: "99"'], ['sync-wave: "10"'], null, null]);
  });

  test('have the same manifests in a plain App', () => {
    const define = (app: App) => {
      const platform = new Platform(app, 'prod', { cluster: cluster('prod-eu') });
      configMap(platform.chart(Stage.SPIRE_SERVER, 'spire-server'), 'config');
      configMap(platform.chart(Stage.MESH, 'mesh'), 'config');
    };
    expect(textOf(new GitOpsApp(), define)).toBe(textOf(new App(), define));
    expect(manifestsIn(outputOf(GitOpsApp, define))).toEqual(manifestsIn(outputOf(App, define)));
  });

  test('keep dependencies that the order of the stages keeps', () => {
    const files = outputOf(GitOpsApp, (app) => {
      const platform = new Platform(app, 'prod', { cluster: cluster('prod') });
      const server = configMap(platform.chart(Stage.SPIRE_SERVER, 'server'), 'a');
      const chart = platform.chart(Stage.MESH, 'mesh');
      const [first, second] = [configMap(chart, 'first'), configMap(chart, 'second')];
      first.addDependency(second, server);
    });
    expect(manifestsIn(files)).toHaveLength(2);
    expect(files['prod/50-mesh/mesh.k8s.yaml']).toMatch(/key: second[^]*key: first/);
  });

  test('fails for a dependency on a later stage', () => {
    expect(() => outputOf(GitOpsApp, (app) => {
      const platform = new Platform(app, 'prod', { cluster: cluster('prod') });
      const server = configMap(platform.chart(Stage.SPIRE_SERVER, 'server'), 'a');
      server.addDependency(configMap(platform.chart(Stage.MESH, 'mesh'), 'b'));
    })).toThrow("[prod/20-spire-server/server/a] depends on 'prod/50-mesh/mesh/b', but 'prod/20-spire-server/server' is applied before 'prod/50-mesh/mesh':"
      + ' move one of them to another stage');
  });

  test('fails for a dependency between constructs that are in no chart', () => {
    expect(() => outputOf(GitOpsApp, (app) => {
      const platform = new Platform(app, 'prod', { cluster: cluster('prod') });
      new Construct(platform, 'mesh').node.addDependency(new Construct(platform, 'spire'));
    })).toThrow("'prod/mesh' has a dependency or is one, but is in no chart: leave the dependency out, or state it between charts;"
      + ' in a platform the order is that of the stages');
  });

  test('fails when two have a cluster of the same name', () => {
    expect(() => outputOf(GitOpsApp, (app) => ['a', 'b'].forEach((id) => new Platform(app, id, { cluster: cluster('prod') }))))
      .toThrow("cluster name 'prod' is used by two platforms, 'a' and 'b': rename one cluster");
  });
});

describe('the summary', () => {
  test('lists what was written', () => withFolder((outdir) => {
    const app = new GitOpsApp({ outdir });
    expect(() => app.summary).toThrow('nothing is synthesized yet: call synth() first');
    configMap(new Chart(app, 'chart'), 'map');
    app.synth();
    expect(app.summary.files).toEqual([{ path: 'chart.k8s.yaml', kinds: ['ConfigMap'] }]);
    app.synth();
    expect(app.summary.objectCount).toBe(1);
  }));
});
