// Package nested starts a root server, and below it a server in another cluster, with the configurations and the rights of the output.
package nested

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	authenticationv1 "k8s.io/api/authentication/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"cdk8s-spiffe.dev/conformance/internal/cluster"
	"cdk8s-spiffe.dev/conformance/internal/output"
	"cdk8s-spiffe.dev/conformance/internal/programs"
	"cdk8s-spiffe.dev/conformance/internal/report"
)

func TestMain(m *testing.M) { os.Exit(report.Run(m, "nested")) }

const (
	example   = "nested-spire"
	namespace = "spire-server"
)

// The root looks at the other cluster with the account that the output makes for it, and nothing else.
func TestNestedServer(t *testing.T) {
	for _, name := range []string{"spire-server", "spire-agent"} {
		if _, found := programs.Optional(t, name); !found {
			report.Skip(t, name, "nested SPIRE: "+name+" is on no package registry and not on PATH")
		}
	}
	if os.Getuid() != 0 {
		report.Skip(t, "root", "nested SPIRE: the nested server is known by its user, and only root may start it as that user")
	}
	root, eu := start(t, "root"), start(t, "eu")
	root.kubeconfigs = map[string]string{"root": root.kubeconfig(t, root.server.Config.BearerToken), "eu": eu.readerKubeconfig(t)}
	eu.kubeconfigs = map[string]string{"eu": eu.kubeconfig(t, eu.server.Config.BearerToken)}
	rootPort := cluster.FreePort(t)

	root.launch(t, "spire-server", "spire-server", "server.conf", rootPort, rootPort)
	root.awaitServer(t)
	for _, arguments := range root.entries(t) {
		root.ask(t, append([]string{"entry", "create"}, arguments...)...)
	}
	bundle := eu.awaitBundle(t, "spire-server", "spire-upstream-bundle")
	eu.write(t, "upstream-agent/bundle/bundle.pem", bundle)
	eu.write(t, "upstream-agent/token/token", eu.podToken(t))
	eu.folder(t, "upstream-agent/data")
	eu.folder(t, "upstream")
	eu.launch(t, "spire-agent", "spire-upstream-agent", "agent.conf", 0, rootPort)
	cluster.Await(t, 60*time.Second, "the agent beside the nested server has an identity of the root", func() error {
		_, err := os.Stat(filepath.Join(eu.dir, "upstream", "spire-agent.sock"))
		return err
	})
	if agents := root.ask(t, "agent", "list"); !strings.Contains(agents, "/spire/agent/k8s_psat/eu/") {
		t.Errorf("the root knows no agent of eu: %s", agents)
	}
	eu.launch(t, "spire-server", "spire-server", "server.conf", cluster.FreePort(t), rootPort)
	eu.awaitServer(t)
	if own := eu.ask(t, "bundle", "show"); strings.TrimSpace(own) != strings.TrimSpace(bundle) {
		t.Errorf("the nested server has another root: %s", own)
	}
	if published := eu.awaitBundle(t, "spire-system", "spire-bundle"); strings.TrimSpace(published) != strings.TrimSpace(bundle) {
		t.Errorf("agents of eu get another root: %s", published)
	}
	report.Add("spire-server", "nested servers below a root in another cluster", 1)
}

// A side is one cluster with a folder in place of the file systems of its pods.
type side struct {
	name, dir   string
	judged      output.Cluster
	server      *cluster.Server
	kubeconfigs map[string]string
}

func start(t *testing.T, name string) *side {
	t.Helper()
	clusters, err := output.Clusters()
	if err != nil {
		t.Fatal(err)
	}
	for _, judged := range clusters {
		if judged.Example != example || judged.Name != name {
			continue
		}
		server := cluster.Start(t)
		server.InstallDefinitions(t, judged)
		for _, refusal := range server.ApplyStages(judged.Stages) {
			t.Fatal(refusal)
		}
		// sockets have short paths, and the nested server is no root
		dir, err := os.MkdirTemp("", "nested")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.RemoveAll(dir) })
		open(t, dir)
		return &side{name: name, dir: dir, judged: judged, server: server}
	}
	t.Fatalf("the example %s has no cluster %s", example, name)
	return nil
}

// What the command of VERIFY.md makes: a kubeconfig for the account spire-root.
func (s *side) readerKubeconfig(t *testing.T) string {
	t.Helper()
	year := int64(8760 * 3600)
	return s.kubeconfig(t, s.token(t, "spire-root", authenticationv1.TokenRequestSpec{ExpirationSeconds: &year}))
}

func (s *side) kubeconfig(t *testing.T, token string) string {
	t.Helper()
	content, err := os.ReadFile(s.server.Kubeconfig)
	if err != nil {
		t.Fatal(err)
	}
	return s.write(t, fmt.Sprintf("kubeconfig-%d", len(token)), strings.Replace(string(content), s.server.Config.BearerToken, token, 1))
}

// The token that the kubelet would project into the pod of the nested server.
func (s *side) podToken(t *testing.T) string {
	t.Helper()
	ctx := context.Background()
	node := &corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: "node-1"}}
	if _, err := s.server.Client.CoreV1().Nodes().Create(ctx, node, metav1.CreateOptions{}); err != nil {
		t.Fatal(err)
	}
	workloads, err := output.Workloads(s.judged.Objects())
	if err != nil {
		t.Fatal(err)
	}
	for _, workload := range workloads {
		if workload.Object.GetName() != "spire-server" {
			continue
		}
		workload.Pod.Name, workload.Pod.Spec.NodeName = "spire-server-0", node.Name
		pod, err := s.server.Client.CoreV1().Pods(namespace).Create(ctx, workload.Pod, metav1.CreateOptions{})
		if err != nil {
			t.Fatal(err)
		}
		audience, lifetime := projectedToken(t, pod)
		return s.token(t, pod.Spec.ServiceAccountName, authenticationv1.TokenRequestSpec{
			Audiences: []string{audience}, ExpirationSeconds: &lifetime,
			BoundObjectRef: &authenticationv1.BoundObjectReference{Kind: "Pod", APIVersion: "v1", Name: pod.Name, UID: pod.UID},
		})
	}
	t.Fatal("the cluster has no SPIRE server")
	return ""
}

func projectedToken(t *testing.T, pod *corev1.Pod) (audience string, lifetime int64) {
	t.Helper()
	for _, volume := range pod.Spec.Volumes {
		if volume.Name != "upstream-token" || volume.Projected == nil {
			continue
		}
		if token := volume.Projected.Sources[0].ServiceAccountToken; token != nil {
			return token.Audience, *token.ExpirationSeconds
		}
	}
	t.Fatal("the pod of the nested server has no token for its upstream agent")
	return "", 0
}

func (s *side) token(t *testing.T, account string, spec authenticationv1.TokenRequestSpec) string {
	t.Helper()
	request := &authenticationv1.TokenRequest{Spec: spec}
	token, err := s.server.Client.CoreV1().ServiceAccounts(namespace).CreateToken(context.Background(), account, request, metav1.CreateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return token.Status.Token
}

// What the controller manager would make of the ClusterStaticEntries for eu.
func (s *side) entries(t *testing.T) [][]string {
	t.Helper()
	var all [][]string
	for _, object := range s.judged.Objects() {
		if object.GetKind() != "ClusterStaticEntry" || !strings.HasPrefix(object.GetName(), "nested-eu-") {
			continue
		}
		spec, _ := object.Object["spec"].(map[string]any)
		selectors, _, _ := unstructured.NestedStringSlice(object.Object, "spec", "selectors")
		arguments := []string{"-spiffeID", fmt.Sprint(spec["spiffeID"])}
		if parent := fmt.Sprint(spec["parentID"]); strings.HasSuffix(parent, "/spire/server") {
			arguments = append(arguments, "-node")
		} else {
			arguments = append(arguments, "-parentID", parent)
		}
		for _, selector := range selectors {
			arguments = append(arguments, "-selector", selector)
		}
		if spec["downstream"] == true {
			arguments = append(arguments, "-downstream")
		}
		all = append(all, arguments)
	}
	return all
}

// launch runs a program as the user of its pod, with its configuration. Only what one machine for two clusters asks for is changed: paths, ports,
// addresses, and how a server finds the API server of its own cluster; us is not there at all.
func (s *side) launch(t *testing.T, program, configMap, key string, port, rootPort int) {
	t.Helper()
	found, err := s.server.Client.CoreV1().ConfigMaps(namespace).Get(context.Background(), configMap, metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	text := found.Data[key]
	for strings.Contains(text, "        us = {") {
		text = without(text, "        us = {", "        }\n")
	}
	text = strings.Replace(text, "        "+s.name+" = {\n", fmt.Sprintf("        %s = {\n          kube_config_file = %q\n", s.name, s.kubeconfigs[s.name]), 1)
	text = lastReplaced(text, "        "+s.name+" = {\n", fmt.Sprintf("        %s = {\n          kubeconfig_path = %q\n", s.name, s.kubeconfigs[s.name]))
	free := func() string { return fmt.Sprint(cluster.FreePort(t)) }
	text = strings.NewReplacer(
		"/run/spire/server/files/secrets/kubeconfig-eu/config", s.kubeconfigs["eu"],
		"/run/spire/server/", s.folder(t, "server")+"/", "/run/spire/upstream-agent/", s.dir+"/upstream-agent/", "/run/spire/upstream/", s.dir+"/upstream/",
		"spire-root.example.org", "127.0.0.1", "0.0.0.0", "127.0.0.1",
		"bind_port = 8081", fmt.Sprintf("bind_port = %d", port), "server_port = 8081", fmt.Sprintf("server_port = %d", rootPort),
		`server_port = "8081"`, fmt.Sprintf(`server_port = "%d"`, rootPort), "port = 9988", "port = "+free(), `"8080"`, `"`+free()+`"`, `"8087"`, `"`+free()+`"`,
	).Replace(text)
	s.folder(t, "server/private")
	s.folder(t, "server/data")
	config := s.write(t, configMap+".conf", text)
	process := cluster.Launch(t, s.dir, "setpriv", "--reuid=1000", "--regid=1000", "--clear-groups", programs.Path(t, program), "run", "-config", config)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("%s of %s: %s", program, s.name, process.Tail())
		}
	})
}

func (s *side) awaitServer(t *testing.T) {
	t.Helper()
	cluster.Await(t, 90*time.Second, "the server of "+s.name+" is healthy", func() error {
		_, err := programs.Run(t, "spire-server", "healthcheck", "-socketPath", filepath.Join(s.dir, "server/private/api.sock"))
		return err
	})
}

func (s *side) awaitBundle(t *testing.T, namespace, name string) (bundle string) {
	t.Helper()
	cluster.Await(t, 60*time.Second, "ConfigMap "+name+" has a bundle", func() error {
		configMap, err := s.server.Client.CoreV1().ConfigMaps(namespace).Get(context.Background(), name, metav1.GetOptions{})
		if err == nil {
			bundle = configMap.Data["bundle.pem"]
		}
		return err
	})
	return bundle
}

// ask runs a command at the server, as VERIFY.md does in its pod.
func (s *side) ask(t *testing.T, arguments ...string) string {
	t.Helper()
	arguments = append(arguments, "-socketPath", filepath.Join(s.dir, "server/private/api.sock"))
	printed, err := exec.Command(programs.Path(t, "spire-server"), arguments...).Output()
	if err != nil {
		t.Fatalf("spire-server %s: %v %s", strings.Join(arguments, " "), err, printed)
	}
	return string(printed)
}

func (s *side) folder(t *testing.T, name string) string {
	t.Helper()
	path := s.dir
	for _, part := range strings.Split(name, "/") {
		path = filepath.Join(path, part)
		if err := os.MkdirAll(path, 0o777); err != nil {
			t.Fatal(err)
		}
		open(t, path)
	}
	return path
}

func (s *side) write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(s.dir, name)
	if folder := filepath.Dir(name); folder != "." {
		s.folder(t, folder)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t *testing.T, dir string) {
	t.Helper()
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
}

func without(text, from, to string) string {
	start := strings.Index(text, from)
	end := start + strings.Index(text[start:], to) + len(to)
	return text[:start] + text[end:]
}

func lastReplaced(text, from, to string) string {
	at := strings.LastIndex(text, from)
	if at < 0 {
		return text
	}
	return text[:at] + to + text[at+len(from):]
}
