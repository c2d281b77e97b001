package verdicts

import (
	"regexp"
	"testing"

	"cdk8s-spiffe.dev/conformance/internal/output"
)

func fileLike(t *testing.T, judged output.Cluster, pattern *regexp.Regexp) string {
	t.Helper()
	for _, file := range output.Files(judged.Objects()) {
		if pattern.MatchString(file.Text) {
			return file.Text
		}
	}
	t.Fatalf("%s has no file like %s", judged, pattern)
	return ""
}

func serverTwins(t *testing.T, judged output.Cluster) []twin {
	text := fileLike(t, judged, spireServerFile)
	with := func(old, by string) func(*testing.T) string {
		return func(t *testing.T) string { return validateSpire(t, "spire-server", replaced(t, text, old, by)) }
	}
	return []twin{
		{"an unknown key", with("trust_domain", "trust_domains")},
		{"a duration that is none", with(`ca_ttl = "24h"`, `ca_ttl = "1d"`)},
		{"an empty allow list", with(`service_account_allow_list = [`, `service_account_allow_list = [] # [`)},
		{"a misspelt key of a plugin", with(`keys_path =`, `key_path =`)},
	}
}

func agentTwins(t *testing.T, judged output.Cluster) []twin {
	text := fileLike(t, judged, spireAgentFile)
	with := func(old, by string) func(*testing.T) string {
		return func(t *testing.T) string { return validateSpire(t, "spire-agent", replaced(t, text, old, by)) }
	}
	return []twin{
		{"an unknown key", with("server_address", "server_adress")},
		{"no trust domain", with("trust_domain =", "# trust_domain =")},
		{"a bundle of no known format", with(`trust_bundle_format = "pem"`, `trust_bundle_format = "der"`)},
		{"no bundle to begin with", with("trust_bundle_path =", "# trust_bundle_path =")},
		{"no server", with("server_address =", "# server_address =")},
	}
}

func managerTwins(t *testing.T, judged output.Cluster) []twin {
	text := fileLike(t, judged, managerFile)
	with := func(old, by string) func(*testing.T) string {
		return func(t *testing.T) string { return readByManager(t, replaced(t, text, old, by)) }
	}
	return []twin{
		{"no trust domain", with("trustDomain: example.org\n", "")},
		{"no cluster name", with("clusterName: demo\n", "")},
		{"a namespace pattern that does not parse", with("^kube-system$", "(")},
		{"a template that is not closed", with("clusterName: demo\n", "clusterName: demo\nparentIDTemplate: \"{{ .TrustDomain\"\n")},
		{"a list where a text should be", with("className: spire", "className: [spire]")},
	}
}
