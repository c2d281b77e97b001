package spire

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/envoy"
	"cdk8s-spiffe.dev/conformance/internal/istio"
	"cdk8s-spiffe.dev/conformance/internal/node"
	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
)

// One day of a cluster: apply, server, agent, workloads, calls, a rotation of the CA. Nothing of the output is changed for it.
func TestInside(t *testing.T) {
	name := os.Getenv(inside)
	if name == "" {
		t.Skip("runs inside TestEndToEnd")
	}
	prepareSystem(t)
	judged := find(t, name)
	nameServices(t, judged)
	server := cluster.Start(t)
	server.InstallDefinitions(t, judged)
	for _, refusal := range server.ApplyStages(judged.Stages) {
		t.Fatal(refusal)
	}
	machine := node.Start(t, server)
	machine.Programs = map[string][]string{
		"spire-server":             {programs.Path(t, "spire-server"), "run"},
		"spire-agent":              {programs.Path(t, "spire-agent"), "run"},
		"spire-controller-manager": {programs.Path(t, "spire-controller-manager")},
	}
	serverWorkload, _ := workloadWith(t, judged, "spire-server")
	agentWorkload, _ := workloadWith(t, judged, "spire-agent")
	useDriver(t, judged, machine)

	var serverPod *node.Pod
	step(t, "the server's pod becomes ready", func() { serverPod = run(t, machine, serverWorkload.Pod, "-0") })
	setBundles(t, judged, serverPod)
	step(t, "the trust bundle is published", func() { awaitFiles(t, server, agentWorkload.Pod) })
	// its probes would reach the server here: both pods share one network
	step(t, "the agent opens its socket", func() { runAgent(t, machine, agentWorkload.Pod) })

	operator := judged.Artifact("istio-operator.yaml")
	if operator == "" {
		return
	}
	plane, err := istio.FromOperator(t, operator)
	if err != nil {
		t.Fatal(err)
	}
	injected, err := plane.Inject(t, istio.MeshWorkloads(t, judged), istio.Shapes[0])
	if err != nil {
		t.Fatal(err)
	}
	workloads, err := output.Workloads(injected)
	if err != nil {
		t.Fatal(err)
	}
	trustDomain := trustDomainOf(t, serverWorkload, judged)
	members := map[string]*member{}
	step(t, "every mesh workload gets its SVID", func() {
		for _, workload := range workloads {
			pod, _ := machine.Run(t, named(workload.Pod, "-0"))
			proxy := istio.NewProxy(workload.Object.GetName(), pod.Pod)
			members[proxy.String()] = &member{pod: pod, proxy: proxy}
		}
		for name, member := range members {
			member.fetch(t)
			want := fmt.Sprintf("spiffe://%s/ns/%s/sa/%s", trustDomain, member.pod.Namespace, member.pod.Spec.ServiceAccountName)
			if member.id != want {
				t.Errorf("%s has %s, want %s", name, member.id, want)
			}
		}
	})
	callAndRotate(t, server, plane, serverPod, members)
}

// The other side of a federation is not here, but its first bundle is set, as an operator would: without it no identity that federates is
// issued.
func setBundles(t *testing.T, judged output.Cluster, serverPod *node.Pod) {
	t.Helper()
	for _, object := range judged.Objects() {
		if object.GetKind() != "ClusterFederatedTrustDomain" {
			continue
		}
		trustDomain, _, _ := unstructured.NestedString(object.Object, "spec", "trustDomain")
		file := filepath.Join(t.TempDir(), "bundle.pem")
		if err := os.WriteFile(file, []byte(cluster.NewAuthority(t, t.TempDir()).PEM), 0o644); err != nil {
			t.Fatal(err)
		}
		readable(t)
		process := serverPod.Start(t, serverPod.Spec.Containers[0], []string{
			programs.Path(t, "spire-server"), "bundle", "set", "-id", "spiffe://" + trustDomain, "-path", file, "-socketPath", serverSocket(t, serverPod),
		})
		process.Wait()
		if !strings.Contains(process.Log(), "bundle set") {
			t.Fatalf("bundle set: %s", process.Log())
		}
	}
}

// No subtest: what a step starts lives on.
func step(t *testing.T, name string, do func()) {
	t.Helper()
	start := time.Now()
	do()
	if t.Failed() {
		t.Fatalf("step failed: %s", name)
	}
	t.Logf("step passed: %s (%.1fs)", name, time.Since(start).Seconds())
}

func prepareSystem(t *testing.T) {
	t.Helper()
	must := func(what string, err error) {
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	must("mounts are private", syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""))
	must("empty /run", syscall.Mount("none", "/run", "tmpfs", 0, "mode=755"))
	if printed, err := exec.Command("ip", "link", "set", "lo", "up").CombinedOutput(); err != nil {
		t.Fatalf("ip link set lo up: %v %s: apt-get install iproute2", err, printed)
	}
}

func find(t *testing.T, name string) output.Cluster {
	t.Helper()
	clusters, err := output.Clusters()
	if err != nil {
		t.Fatal(err)
	}
	for _, judged := range clusters {
		if judged.String() == name {
			return judged
		}
	}
	t.Fatalf("no output %s", name)
	return output.Cluster{}
}

// Cluster DNS: every Service is this machine.
func nameServices(t *testing.T, judged output.Cluster) {
	t.Helper()
	hosts := "127.0.0.1 localhost\n"
	for _, object := range judged.Objects() {
		if object.GetKind() == "Service" {
			hosts += fmt.Sprintf("127.0.0.1 %[1]s.%[2]s.svc.cluster.local %[1]s.%[2]s.svc %[1]s.%[2]s\n", object.GetName(), object.GetNamespace())
		}
	}
	const file = "/run/hosts"
	if err := os.WriteFile(file, []byte(hosts), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount(file, "/etc/hosts", "", syscall.MS_BIND, ""); err != nil {
		t.Fatal(err)
	}
}

func named(template *corev1.Pod, suffix string) *corev1.Pod {
	pod := template.DeepCopy()
	pod.Name = strings.TrimSuffix(pod.Name, "-judged") + suffix
	return pod
}

// Runs a pod and waits for the readiness probes of its containers.
func run(t *testing.T, machine *node.Node, template *corev1.Pod, suffix string) *node.Pod {
	t.Helper()
	pod, processes := machine.Run(t, named(template, suffix))
	for _, container := range pod.Spec.Containers {
		process, started := processes[container.Name]
		if !started || container.ReadinessProbe == nil || container.ReadinessProbe.HTTPGet == nil {
			continue
		}
		probe := container.ReadinessProbe.HTTPGet
		port := probe.Port.IntVal
		for _, declared := range container.Ports {
			if declared.Name == probe.Port.StrVal {
				port = declared.ContainerPort
			}
		}
		cluster.Await(t, 60*time.Second, container.Name+" is ready", func() error {
			if process.Ended() {
				t.Fatalf("%s ended: %s", container.Name, process.Tail())
			}
			if err := cluster.Answers(fmt.Sprintf("http://127.0.0.1:%d%s", port, probe.Path)); err != nil {
				return fmt.Errorf("%w: %s", err, process.Tail())
			}
			return nil
		})
	}
	return pod
}

// The socket is there once the node is attested.
func runAgent(t *testing.T, machine *node.Node, template *corev1.Pod) {
	t.Helper()
	_, processes := machine.Run(t, named(template, "-x"))
	for _, process := range processes {
		cluster.Await(t, 60*time.Second, "the agent is attested", func() error {
			if process.Ended() {
				t.Fatalf("spire-agent ended: %s", process.Tail())
			}
			if !strings.Contains(process.Log(), "Starting agent APIs") {
				return fmt.Errorf("%s", process.Tail())
			}
			return nil
		})
	}
}

// A pod does not start before the ConfigMaps that it mounts are there, and the agent ends without its bundle.
func awaitFiles(t *testing.T, server *cluster.Server, pod *corev1.Pod) {
	for _, volume := range pod.Spec.Volumes {
		if volume.ConfigMap == nil {
			continue
		}
		cluster.Await(t, 60*time.Second, volume.ConfigMap.Name+" has data", func() error {
			found, err := server.Client.CoreV1().ConfigMaps(pod.Namespace).Get(context.Background(), volume.ConfigMap.Name, metav1.GetOptions{})
			if err == nil && len(found.Data) == 0 {
				err = fmt.Errorf("it is empty")
			}
			return err
		})
	}
}

// The folder that the CSI driver was told to mount.
func useDriver(t *testing.T, judged output.Cluster, machine *node.Node) {
	t.Helper()
	driver, found := workloadWith(t, judged, "spiffe-csi-driver")
	if !found {
		return
	}
	for _, container := range driver.Pod.Spec.Containers {
		flags := map[string]string{}
		for i := 0; i+1 < len(container.Args); i++ {
			flags[strings.TrimLeft(container.Args[i], "-")] = container.Args[i+1]
		}
		for _, mount := range container.VolumeMounts {
			if mount.MountPath != flags["workload-api-socket-dir"] {
				continue
			}
			for _, volume := range driver.Pod.Spec.Volumes {
				if volume.Name == mount.Name && volume.HostPath != nil {
					machine.CSI[flags["plugin-name"]] = volume.HostPath.Path
				}
			}
		}
	}
}

var trustDomainLine = regexp.MustCompile(`trust_domain"?\s*[=:]\s*"([^"]+)"`)

func trustDomainOf(t *testing.T, workload output.Workload, judged output.Cluster) string {
	t.Helper()
	for _, file := range output.Files(judged.Objects()) {
		if match := trustDomainLine.FindStringSubmatch(file.Text); match != nil && file.Holder.GetNamespace() == workload.Namespace() {
			return match[1]
		}
	}
	t.Fatal("the server's configuration names no trust domain")
	return ""
}

// member is a workload of the mesh with what its proxy sees.
type member struct {
	pod         *node.Pod
	proxy       istio.Proxy
	id          string
	certificate tls.Certificate
}

const socketDir = "/var/run/secrets/workload-spiffe-uds"

// The proxy's container, with the socket and nothing else of its volumes.
func (m *member) container() corev1.Container {
	container := *m.proxy.Container()
	container.VolumeMounts = nil
	for _, mount := range m.proxy.Container().VolumeMounts {
		if mount.MountPath == socketDir {
			container.VolumeMounts = append(container.VolumeMounts, mount)
		}
	}
	container.Env = nil
	return container
}

// Istio's agent reads the file name from its environment.
func (m *member) socket() string {
	for _, variable := range m.proxy.Container().Env {
		if variable.Name == "WORKLOAD_IDENTITY_SOCKET_FILE" {
			return socketDir + "/" + variable.Value
		}
	}
	return socketDir + "/socket"
}

func (m *member) fetch(t *testing.T) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "svid")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for path := dir; len(path) > len(os.TempDir()); path = filepath.Dir(path) {
		if err := os.Chmod(path, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	cluster.Await(t, 40*time.Second, m.proxy.String()+" has an SVID", func() error {
		process := m.pod.Start(t, m.container(), []string{programs.Path(t, "spire-agent"), "api", "fetch", "x509", "-socketPath", m.socket(), "-write", dir, "-timeout", "5s"})
		process.Wait()
		certificate, err := tls.LoadX509KeyPair(filepath.Join(dir, "svid.0.pem"), filepath.Join(dir, "svid.0.key"))
		if err != nil {
			return fmt.Errorf("%w: %s", err, process.Tail())
		}
		leaf, err := x509.ParseCertificate(certificate.Certificate[0])
		if err != nil || len(leaf.URIs) != 1 {
			return fmt.Errorf("not one URI (%v)", err)
		}
		m.certificate, m.id = certificate, leaf.URIs[0].String()
		return nil
	})
}

// The pair comes from the policies as istiod compiled them: whoever may call, and whoever may not.
func callAndRotate(t *testing.T, server *cluster.Server, plane *istio.ControlPlane, serverPod *node.Pod, members map[string]*member) {
	table := callTable(t)
	if table == nil {
		t.Log("no requests are written down for this example: no calls")
		return
	}
	callee := members[table[0].To]
	discovery := istio.StartDiscovery(t, server, plane, callee.proxy.ClusterID())
	judge := envoy.NewJudge(t, &envoy.Authority{})
	config := discovery.Config(t, callee.proxy.Node(t))
	config.ForUpstreamEnvoy(t)
	judge.Add(t, callee.proxy, config)
	judge.Bootstrap.SDSSocket = callee.socket()
	readable(t)
	step(t, "Envoy gets its secrets from the agent", func() {
		judge.Bootstrap.StartIn(t, func(command []string) *cluster.Process { return callee.pod.Start(t, callee.container(), command) })
	})
	for _, request := range table {
		caller, known := members[request.Who]
		if !known || request.To != table[0].To {
			continue
		}
		step(t, fmt.Sprintf("%s to %s %s: %s", request.Who, request.To, request.Path, request.Verdict), func() {
			if verdict, seen := call(judge, callee, caller, request); verdict != request.Verdict {
				t.Errorf("envoy said %s (%s)", verdict, seen)
			}
		})
	}
	step(t, "a new CA reaches Envoy over SDS", func() { rotate(t, judge, serverPod, callee, members[table[0].Who], table[0]) })
}

func readable(t *testing.T) {
	t.Helper()
	for path := t.TempDir(); len(path) > len(os.TempDir()); path = filepath.Dir(path) {
		_ = os.Chmod(path, 0o755)
	}
}

func call(judge *envoy.Judge, callee, caller *member, request request) (verdict, seen string) {
	port, _ := judge.Port(callee.proxy, request.Port)
	return envoy.Call{
		ListenPort: port, Destination: callee.proxy.Pod.Status.PodIP, Port: request.Port, Certificate: &caller.certificate,
		SNI: "outbound", ALPN: []string{"istio-http/1.1"}, Method: request.Method, Path: request.Path, Host: callee.proxy.Workload,
	}.Do()
}

var socketLine = regexp.MustCompile(`socket_path"?\s*[=:]\s*"([^"]+)"`)

// Prepare, activate and taint, as an operator would; the callee's Envoy must show a certificate of the new CA, and calls go on.
func rotate(t *testing.T, judge *envoy.Judge, serverPod *node.Pod, callee, caller *member, allowed request) {
	port, _ := judge.Port(callee.proxy, allowed.Port)
	before, err := envoy.ServerCertificate(port, callee.proxy.Pod.Status.PodIP, allowed.Port, caller.certificate)
	if err != nil {
		t.Fatal(err)
	}
	socket := serverSocket(t, serverPod)
	var state struct {
		Active struct {
			AuthorityID string `json:"authority_id"`
		} `json:"active"`
		Prepared struct {
			AuthorityID string `json:"authority_id"`
		} `json:"prepared"`
	}
	authority(t, serverPod, socket, nil, "prepare")
	authority(t, serverPod, socket, &state, "show")
	// agents must know the new root before anything is signed with it
	time.Sleep(8 * time.Second)
	authority(t, serverPod, socket, nil, "activate", "-authorityID", state.Prepared.AuthorityID)
	authority(t, serverPod, socket, nil, "taint", "-authorityID", state.Active.AuthorityID)
	cluster.Await(t, 60*time.Second, "Envoy shows a certificate of the new CA", func() error {
		now, err := envoy.ServerCertificate(port, callee.proxy.Pod.Status.PodIP, allowed.Port, caller.certificate)
		if err != nil {
			return err
		}
		if now.SerialNumber.Cmp(before.SerialNumber) == 0 || string(now.AuthorityKeyId) == string(before.AuthorityKeyId) {
			return fmt.Errorf("it is still the old one")
		}
		return nil
	})
	caller.fetch(t)
	if verdict, seen := call(judge, callee, caller, allowed); verdict != allowed.Verdict {
		t.Errorf("after the rotation envoy said %s (%s)", verdict, seen)
	}
}

func serverSocket(t *testing.T, serverPod *node.Pod) string {
	t.Helper()
	for _, file := range output.Files(find(t, os.Getenv(inside)).Objects()) {
		if file.Holder.GetNamespace() == serverPod.Namespace && trustDomainLine.MatchString(file.Text) {
			if match := socketLine.FindStringSubmatch(file.Text); match != nil {
				return match[1]
			}
		}
	}
	t.Fatal("the server's configuration names no socket")
	return ""
}

func authority(t *testing.T, serverPod *node.Pod, socket string, into any, args ...string) {
	t.Helper()
	command := append([]string{programs.Path(t, "spire-server"), "localauthority", "x509"}, args...)
	process := serverPod.Start(t, serverPod.Spec.Containers[0], append(command, "-socketPath", socket, "-output", "json"))
	process.Wait()
	if into == nil {
		return
	}
	if err := json.Unmarshal([]byte(process.Log()), into); err != nil {
		t.Fatalf("localauthority x509 %s: %v: %s", args[0], err, process.Log())
	}
}
