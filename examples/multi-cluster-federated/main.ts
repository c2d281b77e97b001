import { Cluster, GitOpsApp, presets, TrustDomain } from 'cdk8s-spiffe';

const app = new GitOpsApp({ outdir: `${__dirname}/dist` });

new presets.MultiClusterFederated(app, 'bookinfo', {
  clusters: [
    { cluster: Cluster.of({ name: 'eu', trustDomain: TrustDomain.of('eu.example.org') }), region: 'europe-west1' },
    { cluster: Cluster.of({ name: 'us', trustDomain: TrustDomain.of('us.example.org') }), region: 'us-east1' },
  ],
});

app.synth();
console.log(app.summary.toString());
