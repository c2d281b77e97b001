package verdicts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
	"cdk8s-spiffe.dev/conformance/internal/sidecar"
)

func bootstrapTwins(t *testing.T) []twin {
	text := ""
	for _, pod := range sidecar.Pods(t, exampleNamed(t, "envoy-and-opa")...) {
		if pod.HasOPA() {
			text = pod.Bootstrap
		}
	}
	with := func(old, by string) func(*testing.T) string {
		return func(t *testing.T) string { return validateBootstrap(t, replaced(t, text, old, by)) }
	}
	return []twin{
		{"a misspelt field", with("require_client_certificate", "require_client_certificates")},
		{"a matcher of no kind", with("- san_type: URI\n", "- san_type: SPIFFE\n")},
		{"a secret without the node's name", with("node:\n", "nodes:\n")},
		{"a route to a cluster that is not there", with("cluster: inbound_8443", "cluster: inbound_8444")},
		{"an unknown type", with("filters.http.router.v3.Router", "filters.http.router.v3.Routes")},
		{"two clusters of one name", with("- name: ext_authz", "- name: admin")},
		{"endpoints from a service that is not told", with("type: STATIC", "type: EDS")},
		{"a source of secrets of no kind", with("api_type: GRPC", "")},
		{"a command operator that Envoy does not have", with("%PATH(NQ)%", "%REQUEST_PATH%")},
	}
}

func validateBootstrap(t *testing.T, text string) string {
	t.Helper()
	printed, err := programs.Run(t, "envoy", "--mode", "validate", "--log-level", "warning", "-c", save(t, "bootstrap.yaml", text))
	if err != nil || strings.Contains(printed, "[warning]") {
		return strings.TrimSpace(printed)
	}
	return ""
}

// What Envoy takes and what is all the same wrong: the requests of the example tell.
func sidecarTwins(t *testing.T) []twin {
	with := func(example, old, by string) func(*testing.T) string {
		return func(t *testing.T) string {
			pods := sidecar.Pods(t, exampleNamed(t, example)...)
			changed := false
			for _, pod := range pods {
				if strings.Contains(pod.Bootstrap, old) && !changed {
					pod.Bootstrap, changed = strings.ReplaceAll(pod.Bootstrap, old, by), true
				}
			}
			if !changed {
				t.Fatalf("no bootstrap has %q", old)
			}
			table, _ := readRequests(t, output.Cluster{Example: example})
			return strings.Join(judgeSidecars(t, pods, table.Requests), "\n")
		}
	}
	const federated, both = "envoy-federated", "envoy-and-opa"
	return []twin{
		{"static: every caller of the trust domain", with(both, "exact: spiffe://example.org/ns/shop/sa/web", "prefix: spiffe://example.org/")},
		{"static: every method", with(federated, "exact: GET", "safe_regex: { regex: .* }")},
		{"static: an authorization that fails open", with(both, "failure_mode_allow: false", "failure_mode_allow: true")},
		{"static: another server is expected", with(federated, "exact: spiffe://eu.example.org/ns/shop/sa/orders", "exact: spiffe://eu.example.org/ns/shop/sa/other")},
		{"static: the caller says himself who he is", with(both, "forward_client_cert_details: SANITIZE_SET", "forward_client_cert_details: ALWAYS_FORWARD_ONLY")},
	}
}

// The policy of the output, with the tests that come with it.
func policyTwins(t *testing.T) []twin {
	judged := exampleNamed(t, "envoy-and-opa")[0]
	with := func(name, old, by string) func(*testing.T) string {
		return func(t *testing.T) string {
			dir := t.TempDir()
			for _, file := range policyArtifacts(judged) {
				content, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				text := string(content)
				if filepath.Base(file) == name {
					text = replaced(t, text, old, by)
				}
				if err := os.WriteFile(filepath.Join(dir, filepath.Base(file)), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			return strings.Join(regoProblems(t, dir), "\n")
		}
	}
	return []twin{
		{"Rego of before 1.0", with("access.rego", "allow if {", "allow {")},
		{"an allow for everybody", with("access.rego", "default allow := false", "default allow := true")},
		{"a misspelt built-in", with("access.rego", "startswith(caller", "startwith(caller")},
		{"another layout", with("access.rego", "default allow := false", "default   allow := false")},
		{"a statement about somebody else", with("access-data.json", "/sa/web", "/sa/webb")},
		{"a statement about another method", with("access-data.json", `"GET"`, `"PUT"`)},
	}
}
