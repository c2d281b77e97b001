package verdicts

import (
	"path"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"cdk8s-spiffe.dev/conformance/internal/output"
)

// A right is one request to the API server that a program makes.
type right struct {
	group, resource, verb string
	// own: in the service account's own namespace only
	own bool
	// named: for objects named in the role only
	named bool
}

// What the right is about, wherever it holds.
func (r right) anywhere() right { return right{group: r.group, resource: r.resource, verb: r.verb} }

// What a program was seen to ask for when it ran, and nothing else. `instead` are rights that serve in place of a needed one;
// `may` are rights that only some configurations ask for.
type needs struct {
	must    []right
	instead map[right]right
	may     []right
}

func rights(group, resource string, verbs ...string) []right {
	var all []right
	for _, verb := range verbs {
		all = append(all, right{group: group, resource: resource, verb: verb})
	}
	return all
}

func ownRights(group, resource string, verbs ...string) []right {
	all := rights(group, resource, verbs...)
	for i := range all {
		all[i].own = true
	}
	return all
}

func namedRights(group, resource string, verbs ...string) []right {
	all := rights(group, resource, verbs...)
	for i := range all {
		all[i].named = true
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

const spireGroup = "spire.spiffe.io"

// Keyed by the last part of the image name.
var needsOf = map[string]needs{
	"spire-server": {
		must: join(rights("authentication.k8s.io", "tokenreviews", "create"), rights("", "pods", "get"), rights("", "nodes", "get")),
		// the bundle publisher applies one ConfigMap, the older notifier reads it first
		may: namedRights("", "configmaps", "get", "create", "patch"),
	},
	// an injected gateway: istiod hands out a TLS certificate of the namespace only to an account that may read it
	"auto": {may: ownRights("", "secrets", "get", "list", "watch")},
	"spire-agent": {
		// the kubelet asks for nodes/pods first and for nodes/proxy where that is refused
		must:    rights("", "nodes/proxy", "get"),
		instead: map[right]right{{resource: "nodes/proxy", verb: "get"}: {resource: "nodes/pods", verb: "get"}},
		may:     join(rights("", "nodes/pods", "get"), rights("", "nodes/proxy", "get"), rights("", "nodes", "get"), rights("", "pods", "get")),
	},
	"spire-controller-manager": {
		must: join(
			rights("", "pods", "list", "watch"), rights("", "nodes", "list", "watch"),
			rights("", "endpoints", "list", "watch"), rights("", "namespaces", "list", "watch"),
			rights(spireGroup, "clusterspiffeids", "list", "watch"), rights(spireGroup, "clusterspiffeids/status", "update"),
			rights(spireGroup, "clusterfederatedtrustdomains", "list", "watch"), rights(spireGroup, "clusterfederatedtrustdomains/status", "update"),
			rights(spireGroup, "clusterstaticentries", "list", "watch"), rights(spireGroup, "clusterstaticentries/status", "update"),
		),
		may: join(
			rights("", "pods", "get"), rights("", "nodes", "get"), rights("", "endpoints", "get"), rights("", "namespaces", "get"),
			rights("admissionregistration.k8s.io", "validatingwebhookconfigurations", "get", "list", "watch"),
			namedRights("admissionregistration.k8s.io", "validatingwebhookconfigurations", "patch"),
			rights(spireGroup, "clusterspiffeids", "get"), rights(spireGroup, "clusterspiffeids/status", "get", "patch"),
			rights(spireGroup, "clusterfederatedtrustdomains", "get"), rights(spireGroup, "clusterfederatedtrustdomains/status", "get", "patch"),
			rights(spireGroup, "clusterstaticentries", "get"), rights(spireGroup, "clusterstaticentries/status", "get", "patch"),
			ownRights("coordination.k8s.io", "leases", "get", "create", "update"), ownRights("", "events", "create", "patch"),
		),
	},
}

// No program of ours may ever do this, whatever it is.
var never = join(
	rights("", "secrets", "get", "list", "watch", "create", "update", "patch", "delete"),
	rights("", "pods", "create", "update", "patch", "delete"),
	rights("", "pods/exec", "create"), rights("", "pods/attach", "create"), rights("", "pods/ephemeralcontainers", "patch"),
	rights("", "nodes/proxy", "create"), rights("", "nodes", "update", "patch"),
	rights("", "serviceaccounts/token", "create"), rights("", "serviceaccounts", "create", "impersonate"),
	rights("", "users", "impersonate"), rights("", "groups", "impersonate"),
	rights("", "namespaces", "create", "update", "patch", "delete"),
	rights("", "configmaps", "delete", "list", "update"),
	rights("apps", "deployments", "create", "patch"), rights("apps", "daemonsets", "create", "patch"), rights("batch", "jobs", "create"),
	rights("rbac.authorization.k8s.io", "clusterroles", "create", "patch", "bind", "escalate"),
	rights("rbac.authorization.k8s.io", "clusterrolebindings", "create", "patch"),
	rights("rbac.authorization.k8s.io", "roles", "create", "patch", "bind", "escalate"),
	rights("rbac.authorization.k8s.io", "rolebindings", "create", "patch"),
	rights("certificates.k8s.io", "certificatesigningrequests", "create", "approve"),
	rights("admissionregistration.k8s.io", "validatingwebhookconfigurations", "create", "delete"),
	rights("admissionregistration.k8s.io", "mutatingwebhookconfigurations", "create", "patch"),
	rights(spireGroup, "clusterspiffeids", "create", "update", "patch", "delete"),
	rights(spireGroup, "clusterstaticentries", "create", "update", "patch", "delete"),
	rights("security.istio.io", "authorizationpolicies", "create", "patch", "delete"),
	rights("*", "*", "*"),
)

// Every authenticated account has these from the API server itself.
var basics = map[right]bool{
	{group: "authorization.k8s.io", resource: "selfsubjectaccessreviews", verb: "create"}: true,
	{group: "authorization.k8s.io", resource: "selfsubjectrulesreviews", verb: "create"}:  true,
	{group: "authentication.k8s.io", resource: "selfsubjectreviews", verb: "create"}:      true,
	{group: "certificates.k8s.io", resource: "clustertrustbundles", verb: "get"}:          true,
	{group: "certificates.k8s.io", resource: "clustertrustbundles", verb: "list"}:         true,
	{group: "certificates.k8s.io", resource: "clustertrustbundles", verb: "watch"}:        true,
}

// The account of a pod needs what all of its programs need together, with the configuration that they are given.
func needsOfPod(pod corev1.PodSpec, files []output.File) needs {
	sum := needs{instead: map[right]right{}}
	for _, container := range append(append([]corev1.Container{}, pod.InitContainers...), pod.Containers...) {
		name := program(container.Image)
		needed := needsOf[name]
		sum.may = append(sum.may, needed.may...)
		if plugin, gated := onlyWith[name]; gated && !strings.Contains(configuration(container, pod, files), plugin) {
			sum.may = append(sum.may, needed.must...)
			continue
		}
		sum.must = append(sum.must, needed.must...)
		for needed, other := range needed.instead {
			sum.instead[needed] = other
		}
	}
	return sum
}

// The plugin that makes a program ask the API server or the kubelet at all.
var onlyWith = map[string]string{"spire-server": `"k8s_psat"`, "spire-agent": `WorkloadAttestor "k8s"`}

// The file that an argument names, from a ConfigMap that the pod mounts.
func configuration(container corev1.Container, pod corev1.PodSpec, files []output.File) string {
	mounted := map[string]bool{}
	for _, volume := range pod.Volumes {
		for _, mount := range container.VolumeMounts {
			if volume.ConfigMap != nil && mount.Name == volume.Name {
				mounted[volume.ConfigMap.Name] = true
			}
		}
	}
	var text strings.Builder
	for _, file := range files {
		if mounted[file.Holder.GetName()] {
			text.WriteString(file.Text)
		}
	}
	return text.String()
}

func program(image string) string {
	name, _, _ := strings.Cut(image, "@")
	name, _, _ = strings.Cut(path.Base(name), ":")
	return name
}
