"""examples/bookinfo-zero-trust/main.ts, in Python: argv[1] is the output folder."""
import sys

from cdk8s_spiffe import Cluster, GitOpsApp, TrustDomain
from cdk8s_spiffe.presets import BookinfoZeroTrust

app = GitOpsApp(outdir=sys.argv[1])
BookinfoZeroTrust(app, "bookinfo", cluster=Cluster.of(name="demo", trust_domain=TrustDomain.of("example.org")))
app.synth()
