// Package sidecar runs the static Envoys of the output on this machine, each at a loopback address of its own: their ports are those of the output.
package sidecar

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
)

const bootstrapFile = "envoy.yaml"

// Pod is a workload with its proxy.
type Pod struct {
	// Name is namespace/workload.
	Name    string
	ID      string
	Cluster output.Cluster
	Address string
	// Bootstrap is that of the output, at this pod's address.
	Bootstrap string
	// ApplicationPorts are where the proxy expects the application.
	ApplicationPorts []int
	// Upstreams are the ports at which the application calls others, by their SPIFFE IDs.
	Upstreams map[string]int
	spec      corev1.PodSpec
	agent     string
}

var given atomic.Int32

func nextAddress() string {
	next := given.Add(1)
	return fmt.Sprintf("127.30.%d.%d", next/250, next%250+1)
}

// Pods finds every workload whose pod mounts a bootstrap. They are not started.
func Pods(t testing.TB, clusters ...output.Cluster) []*Pod {
	t.Helper()
	var pods []*Pod
	for _, judged := range clusters {
		bootstraps := map[string]string{}
		for _, file := range output.Files(judged.Objects()) {
			if file.Name == bootstrapFile {
				bootstraps[file.Holder.GetNamespace()+"/"+file.Holder.GetName()] = file.Text
			}
		}
		workloads, err := output.Workloads(judged.Objects())
		if err != nil {
			t.Fatal(err)
		}
		for _, workload := range workloads {
			for _, volume := range workload.Pod.Spec.Volumes {
				if volume.ConfigMap == nil {
					continue
				}
				if text, found := bootstraps[workload.Namespace()+"/"+volume.ConfigMap.Name]; found {
					name := workload.Namespace() + "/" + workload.Object.GetName()
					pods = append(pods, newPod(t, judged, name, text, workload.Pod.Spec))
				}
			}
		}
	}
	for _, pod := range pods {
		pod.findOthers(t, pods)
	}
	return pods
}

var (
	certificate = regexp.MustCompile(`tls_certificate_sds_secret_configs:\s+- name: (spiffe://\S+)`)
	agentSocket = regexp.MustCompile(`path: (\S+\.sock)`)
)

func newPod(t testing.TB, judged output.Cluster, name, text string, spec corev1.PodSpec) *Pod {
	t.Helper()
	pod := &Pod{Name: name, Cluster: judged, Address: nextAddress(), spec: spec, Upstreams: map[string]int{}}
	id, socket := certificate.FindStringSubmatch(text), agentSocket.FindStringSubmatch(text)
	if id == nil || socket == nil {
		t.Fatalf("the bootstrap of %s asks for no certificate by SPIFFE ID, or has no socket", name)
	}
	pod.ID, pod.agent = id[1], socket[1]
	pod.Bootstrap = strings.NewReplacer("address: 0.0.0.0\n", "address: "+pod.Address+"\n", "address: 127.0.0.1\n", "address: "+pod.Address+"\n").Replace(text)
	return pod
}

type bootstrap struct {
	StaticResources struct {
		Listeners []struct {
			Name    string
			Address address
		}
		Clusters []struct {
			Name            string
			TransportSocket map[string]any `json:"transport_socket"`
			LoadAssignment  struct {
				Endpoints []struct {
					LbEndpoints []struct{ Endpoint struct{ Address address } } `json:"lb_endpoints"`
				}
			} `json:"load_assignment"`
		}
	} `json:"static_resources"`
}

type address struct {
	SocketAddress struct {
		Address   string
		PortValue int `json:"port_value"`
	} `json:"socket_address"`
}

var exactID = regexp.MustCompile(`"exact":"(spiffe://[^"]+)"`)

// Cluster DNS is not here: the host of an upstream becomes the address of the pod with the identity that the caller expects.
func (p *Pod) findOthers(t testing.TB, pods []*Pod) {
	t.Helper()
	var parsed bootstrap
	if err := yaml.Unmarshal([]byte(p.Bootstrap), &parsed); err != nil {
		t.Fatal(err)
	}
	for _, upstream := range parsed.StaticResources.Clusters {
		endpoint := upstream.LoadAssignment.Endpoints[0].LbEndpoints[0].Endpoint.Address.SocketAddress
		if strings.HasPrefix(upstream.Name, "inbound_") {
			p.ApplicationPorts = append(p.ApplicationPorts, endpoint.PortValue)
		}
		if upstream.TransportSocket == nil {
			continue
		}
		text, err := yaml.Marshal(upstream.TransportSocket)
		if err != nil {
			t.Fatal(err)
		}
		text, _ = yaml.YAMLToJSON(text)
		match := exactID.FindSubmatch(text)
		if match == nil {
			t.Fatalf("upstream %s of %s expects no exact identity", upstream.Name, p.Name)
		}
		id := string(match[1])
		for _, listener := range parsed.StaticResources.Listeners {
			if listener.Name == "outbound_"+upstream.Name {
				p.Upstreams[id] = listener.Address.SocketAddress.PortValue
			}
		}
		for _, other := range pods {
			if other.ID == id {
				p.Bootstrap = strings.ReplaceAll(p.Bootstrap, endpoint.Address, other.Address)
			}
		}
	}
}

// Launch starts the proxy with secrets from a Workload API socket, and does not wait.
func (p *Pod) Launch(t testing.TB, socket, text string) *cluster.Process {
	t.Helper()
	file := filepath.Join(t.TempDir(), bootstrapFile)
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(text, p.agent, socket)), 0o644); err != nil {
		t.Fatal(err)
	}
	return cluster.Launch(t, t.TempDir(), programs.Path(t, "envoy"), "-c", file, "--log-level", "warning", "--use-dynamic-base-id", "--concurrency", "1")
}

// Start returns when the proxy has its secrets.
func (p *Pod) Start(t testing.TB, socket string) *cluster.Process {
	t.Helper()
	process := p.Launch(t, socket, p.Bootstrap)
	cluster.Await(t, 60*time.Second, "the proxy of "+p.Name+" is ready", func() error {
		if process.Ended() {
			t.Fatalf("envoy ended: %s", process.Tail())
		}
		return p.Ready()
	})
	return process
}

// Ready asks what the kubelet asks.
func (p *Pod) Ready() error { return cluster.Answers(fmt.Sprintf("http://%s:15021/ready", p.Address)) }

// Admin answers to the pod alone: here, to its loopback address.
func (p *Pod) Admin(path string) (*http.Response, error) {
	return http.Get(fmt.Sprintf("http://%s:15000%s", p.Address, path))
}
