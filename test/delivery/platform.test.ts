import { ApiObject, App } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { Cluster } from '../../src/cluster';
import { Platform, Stage } from '../../src/delivery';
import { TrustDomain } from '../../src/identity';
import { labels } from '../support/arbitraries';
import { synthPlatform } from '../support/synth';

const cluster = (name: string) => Cluster.of({ name, trustDomain: TrustDomain.of('example.org') });
const define = (scope: Construct, id: string, name: string, namespace?: string, apiVersion = 'v1') =>
  new ApiObject(scope, id, { apiVersion, kind: 'ConfigMap', metadata: { name, namespace } });

test('the platform of a construct is the one around it', () => {
  const platform = new Platform(new App(), 'prod', { cluster: cluster('prod') });
  const inner = new Construct(new Construct(platform, 'a'), 'b');
  expect(Platform.of(inner)).toBe(platform);
  expect(Platform.of(platform.chart(Stage.APPS, 'web')).cluster.name).toBe('prod');
});

test('fails outside of a platform', () => {
  const app = new App();
  expect(() => Platform.of(new Construct(app, 'a'))).toThrow("'a' is not defined in a Platform: define it in one, as in new Platform(app, 'prod', { cluster })");
});

test('a stage and a component have one chart', () => {
  const platform = new Platform(new App(), 'prod', { cluster: cluster('prod') });
  const chart = platform.chart(Stage.APPS, 'web');
  expect(platform.chart(Stage.APPS, 'web')).toBe(chart);
  expect(platform.chart(Stage.APPS, 'db')).not.toBe(chart);
  expect(platform.chart(Stage.MESH, 'web')).not.toBe(chart);
});

test('an object of a platform is written below its cluster, stage and component', () => {
  fc.assert(fc.property(labels, labels, (name, component) => {
    const synthesized = synthPlatform((platform) => define(platform.chart(Stage.APPS, component), 'a', 'a'), cluster(name));
    expect(Object.keys(synthesized.objects)).toEqual([`${name}/80-apps/${component}.k8s.yaml`]);
  }), { numRuns: 10 });
});

describe('two objects of one name', () => {
  const errors = (other: (platform: Platform) => void) => {
    const platform = new Platform(new App(), 'prod', { cluster: cluster('prod') });
    define(platform.chart(Stage.MESH, 'mesh'), 'a', 'a', 'shop');
    other(platform);
    return platform.node.validate();
  };

  test('fail when kind and namespace are the same too, also in another stage', () => {
    expect(errors((platform) => define(platform.chart(Stage.APPS, 'web'), 'b', 'a', 'shop'))).toEqual([
      "ConfigMap 'a' in namespace 'shop' is defined twice, at 'prod/50-mesh/mesh/a' and 'prod/80-apps/web/b': the second would overwrite the first, rename one",
    ]);
  });

  test('fail in two versions of one group, which are one object', () => {
    const platform = new Platform(new App(), 'prod', { cluster: cluster('prod') });
    define(platform.chart(Stage.MESH, 'mesh'), 'a', 'a', 'shop', 'example.org/v1');
    define(platform.chart(Stage.MESH, 'mesh'), 'b', 'a', 'shop', 'example.org/v1beta1');
    expect(platform.node.validate().length).toBe(1);
  });

  test('pass when something differs', () => {
    expect(errors((platform) => {
      define(platform.chart(Stage.APPS, 'web'), 'b', 'a', 'other');
      define(platform.chart(Stage.APPS, 'web'), 'c', 'b', 'shop');
      define(platform.chart(Stage.APPS, 'web'), 'd', 'a', 'shop', 'example.org/v1');
    })).toEqual([]);
  });

  test('pass in two clusters', () => {
    const app = new App();
    const platforms = ['one', 'two'].map((name) => new Platform(app, name, { cluster: cluster(name) }));
    platforms.forEach((platform) => define(platform.chart(Stage.APPS, 'web'), 'a', 'a'));
    expect(platforms.flatMap((platform) => platform.node.validate())).toEqual([]);
  });
});

test('fails for two platforms of one cluster, where the second is written', () => {
  const app = new App();
  new Platform(app, 'one', { cluster: cluster('prod') });
  expect(() => new Platform(app, 'two', { cluster: cluster('prod') }))
    .toThrow("cluster name 'prod' is used by two platforms, 'one' and 'two': rename one cluster");
});

test('fails for two clusters whose folders are one on disks that do not tell upper from lower case', () => {
  const app = new App();
  new Platform(app, 'one', { cluster: cluster('demo') });
  expect(() => new Platform(app, 'two', { cluster: cluster('Demo') }))
    .toThrow("cluster names 'demo' and 'Demo' of the platforms 'one' and 'two' differ in upper and lower case only");
});

test('steps of the roll-out are told in VERIFY.md, in the place of their stage', () => {
  const { files } = synthPlatform((platform) => {
    define(platform.chart(Stage.APPS, 'web'), 'a', 'a');
    platform.addStepBefore(Stage.APPS, { purpose: 'Before', command: 'true' });
    platform.addStepAfter(Stage.APPS, { purpose: 'After', command: 'true' });
  });
  expect(files['prod/artifacts/VERIFY.md']).toMatch(/^## 80-apps$.*^Before:$.*kubectl apply --server-side -f 80-apps\/.*^After:$/ms);
});

test.each([[{ purpose: ' ', command: 'true' }, 'an empty purpose'], [{ purpose: 'Look', command: '' }, 'an empty command'], [{ purpose: 'Look' }, 'no command']])(
  'fails for the step %j', (step, message) => {
    const platform = new Platform(new App(), 'prod', { cluster: cluster('prod') });
    expect(() => platform.addStepBefore(Stage.APPS, step as any)).toThrow(`a step of the roll-out has ${message}`);
    expect(() => platform.addStepAfter(Stage.APPS, step as any)).toThrow(`a step of the roll-out has ${message}`);
  },
);
