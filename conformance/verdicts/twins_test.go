package verdicts

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/istio"
	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

// A twin is real output with one thing made wrong. Each must be refused: a check that cannot fail proves nothing.
type twin struct {
	name string
	// refused returns what the program said, or "" when it found nothing wrong
	refused func(t *testing.T) string
}

func judgeTwins(t *testing.T, program string, twins []twin) {
	if len(twins) < 3 {
		t.Fatalf("%d wrong twins for %s, want three at least", len(twins), program)
	}
	count := 0
	for _, twin := range twins {
		t.Run(program+"/"+twin.name, func(t *testing.T) {
			message := twin.refused(t)
			count++
			if message == "" {
				t.Fatalf("%s took it", program)
			}
			t.Log(strings.Join(strings.Fields(message), " "))
		})
	}
	report.Add(program, "wrong twins refused", count)
}

func TestWrongTwins(t *testing.T) {
	judged := original(t)
	server := cluster.Start(t)
	server.InstallDefinitions(t, judged)
	for _, refusal := range server.ApplyStages(judged.Stages) {
		t.Log(refusal)
	}
	planes := controlPlanes(t, judged)
	if len(planes) == 0 {
		t.Fatal("no control plane")
	}
	judgeTwins(t, "kube-apiserver", apiServerTwins(t, server, judged))
	judgeTwins(t, "access reviews", accountTwins(t, server, judged))
	judgeTwins(t, "istioctl validate", validateTwins(t, judged))
	judgeTwins(t, "istioctl analyze", analyzeTwins(t, judged))
	judgeTwins(t, "istioctl manifest generate", operatorTwins(t, judged))
	judgeTwins(t, "helm template", helmTwins(t, judged))
	judgeTwins(t, "istioctl kube-inject", injectionTwins(t, judged))
	judgeTwins(t, "promtool check rules", ruleTwins(t, judged))
	judgeTwins(t, "promtool test rules", alertTwins(t, judged))
	judgeTwins(t, "sail-operator", sailTwins(t, server, judged))
	judgeTwins(t, "opa", policyTwins(t))
	judgeTwins(t, "envoy --mode validate", bootstrapTwins(t))
	judgeTwins(t, "envoy", append(requestTwins(t, server, judged, planes[0]), sidecarTwins(t)...))
	twins := map[string]func(*testing.T, output.Cluster) []twin{
		"spire-server": serverTwins, "spire-agent": agentTwins, "spire-controller-manager": managerTwins,
	}
	for _, program := range spirePrograms {
		if _, found := programs.Optional(t, program.name); found {
			judgeTwins(t, program.by, twins[program.name](t, judged))
		} else {
			t.Log("no wrong twins for " + program.name + ", which is absent as TestOutput says")
		}
	}
}

// The demo where it is there, the fixture before.
func original(t *testing.T) output.Cluster {
	t.Helper()
	clusters, err := readOutput()
	if err != nil {
		t.Fatal(err)
	}
	for _, judged := range clusters {
		if judged.Example == "bookinfo-zero-trust" {
			return judged
		}
	}
	t.Fatal("examples/bookinfo-zero-trust has no output: run conformance/run")
	return output.Cluster{}
}

// An example by its name, for what the demo does not have.
func exampleNamed(t *testing.T, name string) []output.Cluster {
	t.Helper()
	found := examples(t)[name]
	if len(found) == 0 {
		t.Fatalf("examples/%s has no output: run conformance/run", name)
	}
	return found
}

func replaced(t *testing.T, text, old, by string) string {
	t.Helper()
	if !strings.Contains(text, old) {
		t.Fatalf("there is no %q to change", old)
	}
	return strings.Replace(text, old, by, 1)
}

func find(t *testing.T, judged output.Cluster, kind string) output.Object {
	t.Helper()
	for _, object := range judged.Objects() {
		if object.GetKind() == kind {
			return object
		}
	}
	t.Fatalf("the output has no %s", kind)
	return output.Object{}
}

func changed(t *testing.T, object output.Object, change func(map[string]any)) output.Object {
	t.Helper()
	twin := output.Object{Unstructured: object.DeepCopy(), File: "twin of " + object.File}
	change(twin.Object)
	raw, err := yaml.Marshal(twin.Object)
	if err != nil {
		t.Fatal(err)
	}
	twin.Raw = raw
	return twin
}

func set(object map[string]any, value any, path ...string) {
	if err := unstructured.SetNestedField(object, value, path...); err != nil {
		panic(err)
	}
}

func apiServerTwins(t *testing.T, server *cluster.Server, judged output.Cluster) []twin {
	apply := func(object output.Object) func(*testing.T) string {
		return func(*testing.T) string {
			_, err := server.DryRun(object)
			return text(err)
		}
	}
	stateful, identity := find(t, judged, "StatefulSet"), find(t, judged, "ClusterSPIFFEID")
	doubled := output.Object{Unstructured: stateful.Unstructured, Raw: append([]byte("apiVersion: apps/v1\n"), stateful.Raw...), File: "twin"}
	return []twin{
		{"a misspelt field", apply(changed(t, stateful, func(o map[string]any) { set(o, int64(3), "spec", "replica") }))},
		{"a key written twice", apply(doubled)},
		{"a misspelt field of a custom resource", apply(changed(t, identity, func(o map[string]any) {
			set(o, map[string]any{}, "spec", "podSelectors")
		}))},
		{"a required field left out", apply(changed(t, identity, func(o map[string]any) {
			unstructured.RemoveNestedField(o, "spec", "spiffeIDTemplate")
		}))},
		{"a namespace on a cluster-scoped object", apply(changed(t, identity, func(o map[string]any) { set(o, "default", "metadata", "namespace") }))},
		{"a privileged pod in a restricted namespace", func(t *testing.T) string {
			pod := podOf(t, stateful)
			yes := true
			pod.Spec.Containers[0].SecurityContext = &corev1.SecurityContext{Privileged: &yes}
			return text(admit(server, pod))
		}},
		{"a service account that is not there", func(t *testing.T) string {
			pod := podOf(t, stateful)
			pod.Spec.ServiceAccountName = "nobody"
			return text(admit(server, pod))
		}},
		{"a mount without its volume", func(t *testing.T) string {
			pod := podOf(t, stateful)
			pod.Spec.Volumes = nil
			return text(admit(server, pod))
		}},
		{"an object that is not the same the second time", func(t *testing.T) string {
			return strings.Join(secondApply(server, []output.Object{changed(t, find(t, judged, "ServiceAccount"), func(o map[string]any) {
				set(o, "yes", "metadata", "labels", "changed")
			})}), "\n")
		}},
	}
}

func podOf(t *testing.T, object output.Object) *corev1.Pod {
	t.Helper()
	workloads, err := output.Workloads([]output.Object{object})
	if err != nil || len(workloads) != 1 {
		t.Fatalf("%s: not one pod template (%v)", object, err)
	}
	return workloads[0].Pod
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// Writes the whole cluster's stages beside the original, with one object replaced.
func filesWith(t *testing.T, judged output.Cluster, replaced, by output.Object) []string {
	t.Helper()
	dir := t.TempDir()
	var files []string
	for _, stage := range judged.Stages {
		var documents []string
		for _, object := range stage.Objects {
			if object.Unstructured == replaced.Unstructured {
				object = by
			}
			documents = append(documents, string(object.Raw))
		}
		file := filepath.Join(dir, stage.Name+".yaml")
		if err := os.WriteFile(file, []byte(strings.Join(documents, "\n---\n")), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

func validateTwins(t *testing.T, judged output.Cluster) []twin {
	with := func(kind string, change func(map[string]any)) func(*testing.T) string {
		return func(t *testing.T) string {
			object := find(t, judged, kind)
			file := filepath.Join(t.TempDir(), "twin.yaml")
			if err := os.WriteFile(file, changed(t, object, change).Raw, 0o600); err != nil {
				t.Fatal(err)
			}
			if printed, valid := validate(t, []string{file}); !valid {
				return printed
			}
			return ""
		}
	}
	return []twin{
		{"an action that does not exist", with("AuthorizationPolicy", func(o map[string]any) { set(o, "PERMIT", "spec", "action") })},
		{"an unknown field", with("DestinationRule", func(o map[string]any) { set(o, map[string]any{}, "spec", "trafficPolicies") })},
		{"a route to nowhere", with("VirtualService", func(o map[string]any) {
			set(o, []any{map[string]any{"route": []any{map[string]any{"weight": int64(100)}}}}, "spec", "http")
		})},
		{"a mode that does not exist", with("PeerAuthentication", func(o map[string]any) { set(o, "MUTUAL", "spec", "mtls", "mode") })},
	}
}

func analyzeTwins(t *testing.T, judged output.Cluster) []twin {
	with := func(kind string, change func(map[string]any)) func(*testing.T) string {
		return func(t *testing.T) string {
			object := find(t, judged, kind)
			if printed, err := analyze(t, filesWith(t, judged, object, changed(t, object, change))); err != nil {
				return printed
			}
			return ""
		}
	}
	return []twin{
		{"a gateway that is not there", with("VirtualService", func(o map[string]any) { set(o, []any{"nowhere/none"}, "spec", "gateways") })},
		{"a host that its gateway does not serve", with("Gateway", func(o map[string]any) {
			servers, _, _ := unstructured.NestedSlice(o, "spec", "servers")
			for _, server := range servers {
				server.(map[string]any)["hosts"] = []any{"other.example.org"}
			}
			set(o, servers, "spec", "servers")
		})},
		{"a subset that is not there", with("VirtualService", func(o map[string]any) {
			set(o, []any{map[string]any{"route": []any{map[string]any{"destination": map[string]any{
				"host": o["spec"].(map[string]any)["hosts"].([]any)[0], "subset": "none",
			}}}}}, "spec", "http")
		})},
	}
}

func operatorTwins(t *testing.T, judged output.Cluster) []twin {
	return artifactTwins(t, judged.Artifact("istio-operator.yaml"), map[string]func(map[string]any){
		"an unknown value":            func(o map[string]any) { set(o, "x", "spec", "values", "global", "clusterNam") },
		"an unknown component":        func(o map[string]any) { set(o, map[string]any{}, "spec", "components", "citadel") },
		"an unknown field of spec":    func(o map[string]any) { set(o, map[string]any{}, "spec", "meshConf") },
		"a profile that is not there": func(o map[string]any) { set(o, "tiny", "spec", "profile") },
	}, func(t *testing.T, file string) error {
		_, err := istio.FromOperator(t, file)
		return err
	})
}

func helmTwins(t *testing.T, judged output.Cluster) []twin {
	return artifactTwins(t, judged.Artifact("istiod-values.yaml"), map[string]func(map[string]any){
		"a profile that is not there":    func(o map[string]any) { o["profile"] = "tiny" },
		"a list where a map should be":   func(o map[string]any) { o["pilot"] = []any{"cni"} },
		"a number where a map should be": func(o map[string]any) { o["sidecarInjectorWebhook"] = int64(3) },
	}, func(t *testing.T, file string) error {
		_, err := istio.FromValues(t, file, "istio-system")
		return err
	})
}

func artifactTwins(t *testing.T, path string, changes map[string]func(map[string]any), judge func(*testing.T, string) error) []twin {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var twins []twin
	for name, change := range changes {
		twins = append(twins, twin{name, func(t *testing.T) string {
			value := map[string]any{}
			if err := yaml.Unmarshal(content, &value); err != nil {
				t.Fatal(err)
			}
			change(value)
			raw, err := yaml.Marshal(value)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), filepath.Base(path))
			if err := os.WriteFile(file, raw, 0o600); err != nil {
				t.Fatal(err)
			}
			return text(judge(t, file))
		}})
	}
	return twins
}

func injectionTwins(t *testing.T, judged output.Cluster) []twin {
	operator := judged.Artifact("istio-operator.yaml")
	template := func(name string, shape istio.Shape, text string) twin {
		return twin{name, func(t *testing.T) string {
			content, err := os.ReadFile(operator)
			if err != nil {
				t.Fatal(err)
			}
			value := map[string]any{}
			if err := yaml.Unmarshal(content, &value); err != nil {
				t.Fatal(err)
			}
			set(value, text, "spec", "values", "sidecarInjectorWebhook", "templates", "spire")
			raw, err := yaml.Marshal(value)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "istio-operator.yaml")
			if err := os.WriteFile(file, raw, 0o600); err != nil {
				t.Fatal(err)
			}
			plane, err := istio.FromOperator(t, file)
			if err != nil {
				return err.Error()
			}
			injected, err := plane.Inject(t, istio.MeshWorkloads(t, judged), shape)
			if err != nil {
				return err.Error()
			}
			var problems []string
			for _, workload := range injected {
				problems = append(problems, socketProblems(podOf(t, workload).Spec)...)
			}
			return strings.Join(problems, "\n")
		}}
	}
	const volume = "spec:\n  volumes:\n  - name: workload-socket\n    csi:\n      driver: csi.spiffe.io\n"
	native, older := istio.Shapes[0], istio.Shapes[3]
	return []twin{
		template("the proxy named as a container", native, volume+"      readOnly: true\n  containers:\n  - name: istio-proxy\n    env: [{name: A, value: b}]\n"),
		template("a writable volume", native, volume),
		template("emptyDir left in place", older, volume+"      readOnly: true\n"),
		template("another driver", native, strings.Replace(volume, "csi.spiffe.io", "csi.example.org", 1)+"      readOnly: true\n"),
		template("no volume", native, "spec: {}\n"),
	}
}

func rulesWith(t *testing.T, judged output.Cluster, old, by string) []output.Object {
	t.Helper()
	rule := find(t, judged, "PrometheusRule")
	raw := strings.Replace(string(rule.Raw), old, by, 1)
	if raw == string(rule.Raw) {
		t.Fatalf("%s has no %q", rule, old)
	}
	objects, err := output.Parse([]byte(raw), "twin of "+rule.File)
	if err != nil {
		t.Fatal(err)
	}
	return objects
}

func ruleTwins(t *testing.T, judged output.Cluster) []twin {
	with := func(old, by string) func(*testing.T) string {
		return func(t *testing.T) string {
			if printed, err := checkRules(t, ruleFiles(t, rulesWith(t, judged, old, by))); err != nil {
				return printed
			}
			return ""
		}
	}
	return []twin{
		{"an expression that does not parse", with("sum by (", "sum of (")},
		{"a duration that is none", with("for: 5m", "for: five minutes")},
		{"a template of an unknown function", with("| humanize ", "| humanise ")},
		{"a misspelt field", with("record: ", "recrod: ")},
	}
}

func alertTwins(t *testing.T, judged output.Cluster) []twin {
	with := func(old, by string) func(*testing.T) string {
		return func(t *testing.T) string {
			return strings.Join(alertProblems(t, judged.String(), rulesWith(t, judged, old, by)), "\n")
		}
	}
	return []twin{
		{"a threshold of another unit", with("spiffe:error_rate_5m > 0.05", "spiffe:error_rate_5m > 5")},
		{"a label value of another case", with(`connection_security_policy!="mutual_tls"`, `connection_security_policy="NONE"`)},
		{"an alert that waits too long", with("for: 2m", "for: 2h")},
		{"an alert without a test", with("alert: SPIFFE", "alert: Other")},
	}
}
