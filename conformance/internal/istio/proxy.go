package istio

import (
	"context"
	"fmt"
	"strings"
	"testing"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	"google.golang.org/protobuf/types/known/structpb"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/output"
)

// Proxy is the Envoy of one pod of a mesh workload, as istiod sees it.
type Proxy struct {
	Workload string
	Pod      *corev1.Pod
	Gateway  bool
}

func (p Proxy) String() string { return p.Pod.Namespace + "/" + p.Workload }

// StartProxies stores one running pod per injected workload, so that istiod finds it by its address.
func StartProxies(t testing.TB, server *cluster.Server, injected []output.Object) []Proxy {
	t.Helper()
	workloads, err := output.Workloads(injected)
	if err != nil {
		t.Fatal(err)
	}
	var proxies []Proxy
	for i, workload := range workloads {
		pods := server.Client.CoreV1().Pods(workload.Namespace())
		workload.Pod.Name = workload.Object.GetName() + "-0"
		pod, err := pods.Create(context.Background(), workload.Pod, metav1.CreateOptions{})
		if err != nil {
			t.Errorf("pod of %s: %v", workload.Object, err)
			continue
		}
		ip := fmt.Sprintf("10.244.%d.%d", i/250, i%250+2)
		pod.Status = corev1.PodStatus{
			Phase: corev1.PodRunning, PodIP: ip, PodIPs: []corev1.PodIP{{IP: ip}},
			Conditions: []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue}},
		}
		pod, err = pods.UpdateStatus(context.Background(), pod, metav1.UpdateOptions{})
		if err != nil {
			t.Fatal(err)
		}
		proxies = append(proxies, NewProxy(workload.Object.GetName(), pod))
	}
	return proxies
}

func NewProxy(workload string, pod *corev1.Pod) Proxy {
	return Proxy{Workload: workload, Pod: pod, Gateway: proxyArgument(pod) == "router"}
}

// Container is the proxy's own.
func (p Proxy) Container() *corev1.Container { return proxyContainer(p.Pod) }

func proxyContainer(pod *corev1.Pod) *corev1.Container {
	for _, list := range [][]corev1.Container{pod.Spec.InitContainers, pod.Spec.Containers} {
		for i := range list {
			if list[i].Name == "istio-proxy" {
				return &list[i]
			}
		}
	}
	return &corev1.Container{}
}

// `proxy sidecar` or `proxy router`
func proxyArgument(pod *corev1.Pod) string {
	arguments := proxyContainer(pod).Args
	if len(arguments) > 1 {
		return arguments[1]
	}
	return ""
}

// ClusterID is what the injected environment says.
func (p Proxy) ClusterID() string {
	for _, variable := range p.Container().Env {
		if variable.Name == "ISTIO_META_CLUSTER_ID" {
			return variable.Value
		}
	}
	return "Kubernetes"
}

// Node is how the agent in the pod would introduce its Envoy.
func (p Proxy) Node(t testing.TB) *corev3.Node {
	t.Helper()
	kind := "sidecar"
	if p.Gateway {
		kind = "router"
	}
	metadata := map[string]any{
		"ISTIO_VERSION": "1.31.0", "NAMESPACE": p.Pod.Namespace, "CLUSTER_ID": p.ClusterID(), "NAME": p.Pod.Name,
		"SERVICE_ACCOUNT": p.Pod.Spec.ServiceAccountName, "INSTANCE_IPS": p.Pod.Status.PodIP, "INTERCEPTION_MODE": "REDIRECT",
		"WORKLOAD_NAME": p.Workload,
	}
	labels := map[string]any{}
	for key, value := range p.Pod.Labels {
		labels[key] = value
	}
	metadata["LABELS"] = labels
	for _, variable := range p.Container().Env {
		name, meta := strings.CutPrefix(variable.Name, "ISTIO_META_")
		if _, known := metadata[name]; !meta || known || variable.ValueFrom != nil {
			continue
		}
		metadata[name] = variable.Value
	}
	packed, err := structpb.NewStruct(metadata)
	if err != nil {
		t.Fatal(err)
	}
	return &corev3.Node{
		Id:       fmt.Sprintf("%s~%s~%s.%s~%s.svc.cluster.local", kind, p.Pod.Status.PodIP, p.Pod.Name, p.Pod.Namespace, p.Pod.Namespace),
		Cluster:  p.Workload + "." + p.Pod.Namespace,
		Metadata: packed,
	}
}
