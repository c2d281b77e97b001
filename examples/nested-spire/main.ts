import { Duration } from 'cdk8s';
import { Cluster, GitOpsApp, IngressGateway, IstioMesh, NestedSpire, Platform, TrustDomain } from 'cdk8s-spiffe';

const app = new GitOpsApp({ outdir: `${__dirname}/dist` });
const trustDomain = TrustDomain.of('example.org');
const platform = (name: string) => new Platform(app, name, { cluster: Cluster.of({ name, trustDomain }) });

const [root, eu, us] = ['root', 'eu', 'us'].map(platform);
const spire = new NestedSpire(app, 'spire', {
  root,
  host: 'spire-root.example.org',
  // a nested cluster goes on for a day or more without the root
  rootSpire: { server: { caTtl: Duration.days(7) } },
  nested: [{ platform: eu }, { platform: us }],
});

[eu, us].forEach((cluster, index) => {
  const mesh = new IstioMesh(cluster, 'mesh', { spire: spire.nested[index], meshId: 'mesh', network: cluster.cluster.name });
  new IngressGateway(cluster, 'ingress', { mesh });
});

app.synth();
console.log(app.summary.toString());
