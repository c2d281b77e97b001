package verdicts

import (
	"fmt"
	"path"
	"regexp"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"cdk8s-spiffe.dev/conformance/internal/output"
)

// A right is one request to the API server that a program makes.
type right struct {
	group, resource, verb string
	// namespace is empty for what has none, and for all of them
	namespace string
	// name is empty for every object
	name string
}

func (r right) anywhere() right {
	r.namespace = ""
	return r
}

func (r right) String() string {
	group := r.group
	if group == "" {
		group = "core"
	}
	text := fmt.Sprintf("%s %s (%s)", r.verb, r.resource, group)
	if r.name != "" {
		text += " named " + r.name
	}
	if r.namespace != "" {
		text += " in " + r.namespace
	}
	return text
}

// What a program was seen to ask for when it ran with such a configuration, and nothing else. `may` is what it does without.
type needs struct{ must, may []right }

func (n needs) and(more needs) needs {
	return needs{must: join(n.must, more.must), may: join(n.may, more.may)}
}

// A granted right is needed where it is, and for the objects that it is for.
func (n needs) cover(granted right) bool {
	for _, needed := range join(n.must, n.may) {
		if needed.namespace == "" {
			needed.namespace = granted.namespace
		}
		if needed.name == "" {
			needed.name = granted.name
		}
		if needed == granted {
			return true
		}
	}
	return false
}

func rights(group, resource string, verbs ...string) []right {
	return rightsTo(group, resource, "", "", verbs...)
}

func rightsTo(group, resource, namespace, name string, verbs ...string) []right {
	var all []right
	for _, verb := range verbs {
		all = append(all, right{group: group, resource: resource, verb: verb, namespace: namespace, name: name})
	}
	return all
}

func join(lists ...[]right) []right {
	var all []right
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

// A program of a pod, with what it is told.
type program struct {
	account   account
	pod       *corev1.Pod
	container corev1.Container
	judged    output.Cluster
}

// Keyed by the last part of the image name. Whoever is not here needs nothing.
var needsOf = map[string]func(*testing.T, program) needs{
	"spire-server":             needsOfServer,
	"spire-agent":              needsOfAgent,
	"spire-controller-manager": needsOfManager,
	// an injected gateway
	"auto": needsOfGateway,
}

// The account of a pod needs what all of its programs need together, with the configuration that they are given.
func needsOfPod(t *testing.T, key account, pod *corev1.Pod, judged output.Cluster) needs {
	t.Helper()
	sum := needs{}
	for _, container := range append(append([]corev1.Container{}, pod.Spec.InitContainers...), pod.Spec.Containers...) {
		if known, found := needsOf[imageName(container.Image)]; found {
			sum = sum.and(known(t, program{key, pod, container, judged}))
		}
	}
	return sum
}

func imageName(image string) string {
	return regexp.MustCompile(`[:@].*`).ReplaceAllString(path.Base(image), "")
}

// The server asks the API server of each cluster that has no kubeconfig: its own.
func needsOfServer(t *testing.T, p program) needs {
	t.Helper()
	sum := needs{}
	config := parseHCL(t, p.file(t, spireServerFile))
	for _, attested := range config.clusters("NodeAttestor", "k8s_psat") {
		if attested["kube_config_file"] == nil {
			sum.must = join(sum.must, attestation())
		}
	}
	for _, published := range config.clusters("BundlePublisher", "k8s_configmap") {
		if published["kubeconfig_path"] == nil {
			sum.must = join(sum.must, publication(published))
		}
	}
	if upstream, found := config.plugin("UpstreamAuthority", "cert-manager"); found && upstream["kube_config_file"] == nil {
		sum.must = join(sum.must, rightsTo("cert-manager.io", "certificaterequests", fmt.Sprint(upstream["namespace"]), "", "create", "get", "list", "delete"))
	}
	return sum
}

func attestation() []right {
	return join(rights("authentication.k8s.io", "tokenreviews", "create"), rights("", "pods", "get"), rights("", "nodes", "get"))
}

// Server-side apply: it carries the name, and nothing is read before.
func publication(published block) []right {
	return rightsTo("", "configmaps", fmt.Sprint(published["namespace"]), fmt.Sprint(published["configmap_name"]), "create", "patch")
}

// What servers of the example's other clusters do here, with an account that no pod has.
func needsOfOthers(t *testing.T, judged output.Cluster) needs {
	t.Helper()
	sum := needs{}
	for _, other := range examples(t)[judged.Example] {
		for _, file := range output.Files(other.Objects()) {
			if other.Name == judged.Name || !spireServerFile.MatchString(file.Text) {
				continue
			}
			config := parseHCL(t, file.Text)
			if attested := config.clusters("NodeAttestor", "k8s_psat")[judged.Name]; attested["kube_config_file"] != nil {
				sum.must = join(sum.must, attestation())
			}
			if published := config.clusters("BundlePublisher", "k8s_configmap")[judged.Name]; published["kubeconfig_path"] != nil {
				sum.must = join(sum.must, publication(published))
			}
		}
	}
	return sum
}

// The agent asks the kubelet, which asks the API server whether the agent may.
func needsOfAgent(t *testing.T, p program) needs {
	t.Helper()
	attestor, found := parseHCL(t, p.file(t, spireAgentFile)).plugin("WorkloadAttestor", "k8s")
	if !found {
		return needs{}
	}
	sum := needs{must: rights("", "nodes/pods", "get")}
	if attestor["enable_namespace_labels"] == true {
		sum.must = join(sum.must, rights("", "namespaces", "get", "list", "watch"))
	}
	if attestor["experimental"] != nil {
		sum.must = join(sum.must, rights("", "pods", "get", "list", "watch"))
	}
	return sum
}

const spireGroup = "spire.spiffe.io"

func needsOfManager(t *testing.T, p program) needs {
	t.Helper()
	config := struct {
		ValidatingWebhookConfigurationName string
		LeaderElection                     struct {
			LeaderElect       bool
			ResourceNamespace string
		}
	}{ValidatingWebhookConfigurationName: "spire-controller-manager-webhook"}
	if err := yaml.Unmarshal([]byte(p.file(t, managerFile)), &config); err != nil {
		t.Fatal(err)
	}
	sum := needs{}
	for _, resource := range []string{"pods", "nodes", "endpoints", "namespaces"} {
		sum.must = join(sum.must, rights("", resource, "list", "watch"))
	}
	for _, resource := range []string{"clusterspiffeids", "clusterfederatedtrustdomains", "clusterstaticentries"} {
		sum.must = join(sum.must, rights(spireGroup, resource, "list", "watch"), rights(spireGroup, resource+"/status", "update"))
	}
	if !p.hasVariable("ENABLE_WEBHOOKS", "false") {
		const group, resource = "admissionregistration.k8s.io", "validatingwebhookconfigurations"
		sum.must = join(sum.must, rights(group, resource, "list", "watch"),
			rightsTo(group, resource, "", config.ValidatingWebhookConfigurationName, "get", "patch"))
	}
	if election := config.LeaderElection; election.LeaderElect {
		namespace := election.ResourceNamespace
		if namespace == "" {
			namespace = p.account.namespace
		}
		sum.must = join(sum.must, rightsTo("coordination.k8s.io", "leases", namespace, "", "get", "create", "update"))
		sum.may = rightsTo("", "events", namespace, "", "create", "patch")
	}
	return sum
}

// istiod hands out the certificate of a credential to an account that may list the Secrets of its namespace.
func needsOfGateway(_ *testing.T, p program) needs {
	secrets := func(verbs ...string) []right { return rightsTo("", "secrets", p.account.namespace, "", verbs...) }
	sum := needs{may: secrets("get", "list", "watch")}
	for _, object := range p.judged.Objects() {
		selector, _, _ := unstructured.NestedStringMap(object.Object, "spec", "selector")
		if object.GetKind() != "Gateway" || !selected(selector, p.pod.Labels) {
			continue
		}
		eachServer(object.DeepCopy().Object, func(map[string]any) { sum.must = secrets("list") })
	}
	return sum
}

func selected(selector, labels map[string]string) bool {
	for key, value := range selector {
		if labels[key] != value {
			return false
		}
	}
	return len(selector) > 0
}

func (p program) hasVariable(name, value string) bool {
	for _, variable := range p.container.Env {
		if variable.Name == name && variable.Value == value {
			return true
		}
	}
	return false
}

// The file of a kind among those that the container mounts from ConfigMaps.
func (p program) file(t *testing.T, kind *regexp.Regexp) string {
	t.Helper()
	mounted := map[string]bool{}
	for _, volume := range p.pod.Spec.Volumes {
		for _, mount := range p.container.VolumeMounts {
			if volume.ConfigMap != nil && mount.Name == volume.Name {
				mounted[volume.ConfigMap.Name] = true
			}
		}
	}
	for _, file := range output.Files(p.judged.Objects()) {
		if file.Holder.GetNamespace() == p.account.namespace && mounted[file.Holder.GetName()] && kind.MatchString(file.Text) {
			return file.Text
		}
	}
	t.Fatalf("container %s of %s mounts no configuration that is known here", p.container.Name, p.pod.Name)
	return ""
}
