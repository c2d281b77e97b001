import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App } from 'cdk8s';
import { filesIn, inNextProgram, outputOf, withFolder } from './output';
import { Cluster, Fleet, GitOpsApp, IPlatformDefinition, Platform, Stage, TrustDomain } from '../../src';

const trustDomain = TrustDomain.of('example.org');

function clusters(...names: string[]): Cluster[] {
  return names.map((name) => Cluster.of({ name, trustDomain }));
}

const definition: IPlatformDefinition = {
  define: (platform) => {
    new ApiObject(platform.chart(Stage.APPS, 'web'), 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: platform.cluster.name } });
  },
};

describe('a fleet', () => {
  test('is written cluster by cluster, with no other cluster in memory', () => {
    const alive: number[] = [];
    const files = outputOf(GitOpsApp, (app) => new Fleet(app, 'fleet', {
      clusters: clusters('a', 'b', 'c'),
      definition: {
        define: (platform) => {
          alive.push(app.node.findAll().filter(Platform.isPlatform).length);
          definition.define(platform);
        },
      },
    }));
    expect(alive).toEqual([1, 1, 1]);
    expect(Object.keys(files).filter((path) => path.endsWith('.yaml'))).toEqual(['a/80-apps/web.k8s.yaml', 'b/80-apps/web.k8s.yaml', 'c/80-apps/web.k8s.yaml']);
  });

  test('has the manifests that its platforms have alone', () => {
    const alone = outputOf(GitOpsApp, (app) => clusters('a', 'b').forEach((cluster) => definition.define(new Platform(app, cluster.name, { cluster }))));
    expect(outputOf(GitOpsApp, (app) => new Fleet(app, 'fleet', { clusters: clusters('a', 'b'), definition }))).toEqual(alone);
  });

  test('is defined at once in a plain App', () => {
    const app = new App();
    new Fleet(app, 'fleet', { clusters: clusters('a', 'b'), definition });
    expect(app.synthYaml().match(/name: ./g)).toEqual(['name: a', 'name: b']);
  });

  test('is written again by the next synthesis, and its removed clusters go', () => withFolder((outdir) => {
    const app = new GitOpsApp({ outdir });
    new Fleet(app, 'fleet', { clusters: clusters('a', 'b'), definition });
    app.synth();
    const first = filesIn(outdir);
    app.synth();
    expect(filesIn(outdir)).toEqual(first);
    inNextProgram((NextApp) => {
      const next = new NextApp({ outdir });
      new Fleet(next, 'fleet', { clusters: clusters('b'), definition });
      next.synth();
    });
    expect(Object.keys(filesIn(outdir))).toEqual(Object.keys(first).filter((path) => path.startsWith('b/')));
  }));

  test('fails for a cluster that is not valid, and keeps track of what was written before it', () => withFolder((outdir) => {
    const app = new GitOpsApp({ outdir });
    new Fleet(app, 'fleet', {
      clusters: clusters('a', 'b', 'c'),
      definition: {
        define: (platform) => {
          definition.define(platform);
          platform.node.addValidation({ validate: () => platform.cluster.name === 'b' ? ['b is broken'] : [] });
        },
      },
    });
    expect(() => app.synth()).toThrow('[fleet/b] b is broken');
    expect(() => app.synth()).toThrow('[fleet/b] b is broken');
    expect(Object.keys(filesIn(outdir)).map((path) => path.split('/')[0])).toEqual(['a', 'a']);
    expect(readFileSync(join(outdir, '.cdk8s-spiffe-files'), 'utf8')).toContain('a/80-apps/web.k8s.yaml\n');
    inNextProgram((NextApp) => new NextApp({ outdir }).synth());
    expect(filesIn(outdir)).toEqual({});
  }));

  test('fails for a cluster that is in it twice', () => {
    expect(() => new Fleet(new GitOpsApp(), 'fleet', { clusters: clusters('a', 'b', 'a'), definition }))
      .toThrow("cluster name 'a' is in fleet 'fleet' twice: rename one cluster");
  });

  test('fails for a cluster that another fleet or platform has, where it is written', () => {
    const app = new GitOpsApp();
    new Fleet(app, 'x', { clusters: clusters('a'), definition });
    expect(() => new Fleet(app, 'y', { clusters: clusters('c', 'a'), definition }))
      .toThrow("cluster name 'a' is used by two platforms, 'x/a' and 'y/a': rename one cluster");
    expect(() => new Platform(app, 'z', { cluster: clusters('a')[0] })).toThrow("cluster name 'a' is used by two platforms, 'x/a' and 'z': rename one cluster");
  });
});
