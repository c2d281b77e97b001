import { Cluster, GitOpsApp, presets, TrustDomain } from 'cdk8s-spiffe';

const app = new GitOpsApp({ outdir: `${__dirname}/dist` });

new presets.BookinfoZeroTrust(app, 'bookinfo', {
  cluster: Cluster.of({ name: 'demo', trustDomain: TrustDomain.of('example.org') }),
});

app.synth();
console.log(app.summary.toString());
